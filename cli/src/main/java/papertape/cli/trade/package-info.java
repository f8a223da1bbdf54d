/** Requests to a running stack through its front doors, and the answers to them. */
@NullMarked
package papertape.cli.trade;

import org.jspecify.annotations.NullMarked;
