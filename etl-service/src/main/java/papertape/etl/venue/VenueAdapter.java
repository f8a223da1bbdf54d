package papertape.etl.venue;

import java.util.List;

/**
 * Reads one venue's protocol. Pure and without memory, so that it can be tested on recordings and shared by all
 * instruments of a partition; not for use by several threads.
 */
public interface VenueAdapter {
    /**
     * What a message says, in the order in which it happened; empty where it says nothing of interest.
     *
     * @param channel the venue's own name of the kind of message, as the feed gave it
     * @param payload the venue's text
     * @throws IllegalArgumentException when the text is malformed; names the field and the value
     */
    List<VenueEvent> read(String channel, String payload);

    /** What cannot be believed any more when a message of this channel could not be read. */
    Path path(String channel);

    /** What a message is part of. */
    enum Path {
        BOOK,
        TOP,
        /** Trades, and what is not used. */
        OTHER
    }

    /**
     * Whether quotes are made from the order book. Where they are not, the venue publishes its top of book as a stream of
     * its own, which needs no snapshot.
     */
    boolean quotesFromBook();
}
