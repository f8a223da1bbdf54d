/** Looking at a running stack: what its channels, journals and database say of it. Used by the command line and the dashboard. */
@NullMarked
package papertape.look;

import org.jspecify.annotations.NullMarked;
