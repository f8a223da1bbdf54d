package papertape.common.value;

/** What the stream of an instrument is worth at the moment. Only an instrument that {@link #isLive} trades. */
public enum FeedState {
    LIVE,
    /** Nothing was heard for longer than the feed's silence limit, or the connection is down. */
    STALE,
    /** Messages are missing; the book is not to be believed. */
    GAP,
    /** A fresh snapshot is awaited. */
    RESYNC,
    /** The venue has stopped trading, or takes cancels only. */
    HALTED,
    /** As {@link #LIVE}; the venue takes orders with a limit only. */
    LIMIT_ONLY,
    /** The data is as good as {@link #LIVE}; the venue takes post-only orders only, and matches none. */
    POST_ONLY;

    /** Whether the data is to be believed and the venue trades. */
    public boolean isLive() {
        return this == LIVE || this == LIMIT_ONLY || this == POST_ONLY;
    }
}
