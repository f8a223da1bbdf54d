/** Requests to a running stack through its front doors, and the answers to them. */
@NullMarked
package papertape.look.trade;

import org.jspecify.annotations.NullMarked;
