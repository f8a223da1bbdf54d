package papertape.common.message;

/**
 * Anything that is sent on a channel. Immutable. The name on the wire ({@code type}) is the record's own name in camel
 * case.
 */
public sealed interface Message
        permits Raw, MarketData, Clock, Mark, Signal, OrderRequest, Execution, Account, Pnl, DeadLetter {
    Header header();

    /** Event time in microseconds since the epoch, UTC. */
    default long ts() {
        return header().ts();
    }
}
