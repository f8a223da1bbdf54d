package papertape.common.value;

/** What the stream of an instrument is worth at the moment. Only a {@link #LIVE} instrument trades. */
public enum FeedState {
    LIVE,
    /** Nothing was heard for longer than the feed's silence limit, or the connection is down. */
    STALE,
    /** Messages are missing; the book is not to be believed. */
    GAP,
    /** A fresh snapshot is awaited. */
    RESYNC,
    /** The venue has stopped trading. */
    HALTED
}
