/**
 * A venue of its own process: seeded order flow on order books that match properly, printed in the Coinbase Exchange
 * protocol over WebSocket and REST, and able to misbehave on demand.
 */
@NullMarked
package papertape.sim;

import org.jspecify.annotations.NullMarked;
