/** Playing a recording through a private stack, and what came out of it. */
@NullMarked
package papertape.cli.replay;

import org.jspecify.annotations.NullMarked;
