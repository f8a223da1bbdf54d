package papertape.common.message;

import java.util.Locale;

/** The channels of the bus, in the order in which data flows. */
public enum Channel {
    RAW,
    TICKS,
    /** Conflated last prices: plain pub/sub with a last-value hash, no journal. */
    MARKS,
    SIGNALS,
    ORDERS,
    APPROVED,
    EXECUTIONS,
    ACCOUNTS,
    PNL,
    DEADLETTER,
    /** Requests back to the feed for a fresh snapshot: plain pub/sub, repeated by who asks until it is answered. */
    CONTROL;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name in keys and on the command line: lower case. */
    public String text() {
        return text;
    }

    /** Whether the channel has partitions, sequence numbers and a journal. */
    public boolean isJournaled() {
        return this != MARKS && this != CONTROL;
    }

    /**
     * The key that picks a message's partition: the instrument for market data and approved orders, the account for what
     * belongs to an account.
     */
    public String key(Message message) {
        return switch (message) {
            case Raw raw ->
                raw.instrument() == null ? raw.venue() : raw.instrument().name();
            case MarketData data -> data.instrument().name();
            case Clock clock -> clock.venue();
            case Mark mark -> mark.instrument().name();
            case Signal signal -> signal.account().value();
            case OrderRequest order ->
                this == APPROVED ? order.instrument().name() : order.account().value();
            case Execution execution -> execution.account().value();
            case Account account -> account.account().value();
            case Pnl pnl -> pnl.account().value();
            case DeadLetter letter -> letter.channel();
        };
    }
}
