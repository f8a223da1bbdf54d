/** Looking at a running stack: what Redis says of it, as a snapshot. */
@NullMarked
package papertape.cli.look;

import org.jspecify.annotations.NullMarked;
