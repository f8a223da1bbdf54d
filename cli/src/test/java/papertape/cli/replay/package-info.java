/** Tests of what a replay is given. */
@NullMarked
package papertape.cli.replay;

import org.jspecify.annotations.NullMarked;
