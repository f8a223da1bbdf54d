package papertape.feed;

/** What may happen to a message when more arrives than can be passed on. */
enum Weight {
    /** Never dropped: trades, and what is about the connection. */
    KEEP,
    /** Only its latest per instrument matters. */
    QUOTE,
    /** A change of the book: cannot be dropped alone, only the whole book with a fresh snapshot after it. */
    BOOK,
    /** The whole book: starts it anew. */
    SNAPSHOT,
    /** Which orders the venue takes, for one or many products: each product's part is passed on when it has changed. */
    STATUS,
    /** The venue's answer to a request of ours; of no interest to anybody else, not passed on. */
    REPLY
}
