/** Plays a recording over a local WebSocket in the protocol of the venue it was recorded from. */
@NullMarked
package papertape.sim.replay;

import org.jspecify.annotations.NullMarked;
