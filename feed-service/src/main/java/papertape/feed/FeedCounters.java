package papertape.feed;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the feed counts. Any thread. */
public final class FeedCounters {
    /** What is counted; its lower-case name is the metric's. */
    enum Count {
        /** Messages that came over the connection or as a REST answer. */
        RECEIVED,
        /** Quotes dropped because a newer one of the instrument came before they were passed on. */
        CONFLATED,
        /** Book changes dropped, a fresh snapshot was asked for instead. */
        BOOKS_DROPPED,
        /** Messages written to the disk because nobody took them. */
        SPOOLED,
        /** Messages the disk did not take. */
        SPOOL_REFUSED,
        /** Messages read back from the disk. */
        UNSPOOLED,
        /** Messages of instruments that this worker does not own. */
        UNOWNED,
        /** Fresh snapshots asked for. */
        RESYNCS,
        CONNECTS,
        DISCONNECTS,
        /** Trades fetched over REST because they were printed while nobody listened. */
        BACKFILLED,
        /** REST requests that failed. */
        REST_FAILURES,
        /** Trades that a REST poll could not reach back to. */
        REST_GAPS,
        /** Requests for the venue's product status that failed since the last that did not. */
        STATUS_FAILURES_IN_A_ROW
    }

    private final LongAdder[] counts = new LongAdder[Count.values().length];

    public FeedCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(Count count, long n) {
        counts[count.ordinal()].add(n);
    }

    void reset(Count count) {
        counts[count.ordinal()].reset();
    }

    long get(Count count) {
        return counts[count.ordinal()].sum();
    }

    /** All counts by name, as they stand. */
    public SortedMap<String, Long> values() {
        SortedMap<String, Long> values = new TreeMap<>();
        for (Count count : Count.values()) {
            values.put(count.name().toLowerCase(Locale.ROOT), get(count));
        }
        return values;
    }
}
