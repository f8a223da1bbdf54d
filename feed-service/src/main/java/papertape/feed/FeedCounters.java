package papertape.feed;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.value.Instrument;

/** What the feed counts. Any thread. */
public final class FeedCounters {
    private static final Logger LOG = LoggerFactory.getLogger(FeedCounters.class);
    /** The busiest instruments print fewer trades in a day. */
    private static final long MOST_MISSED = 1_000_000;

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
        /** Trades that were missed and that the venue did not give over REST. */
        REST_GAPS,
        /** Trade numbers that went on so far above the last one that nothing tells how many trades were missed. */
        NUMBER_JUMPS,
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

    /**
     * Counts trades that were missed and that the venue does not give: by their numbers, unless those are too many to have
     * been trades, as after a start of a venue that numbers from its start time.
     */
    void addGap(Instrument instrument, long numbers) {
        if (numbers > MOST_MISSED) {
            add(Count.NUMBER_JUMPS, 1);
            LOG.atWarn()
                    .addKeyValue("instrument", instrument)
                    .addKeyValue("numbers", numbers)
                    .log("the venue's trade numbers have jumped: how many trades were missed is not known");
        } else if (numbers > 0) {
            add(Count.REST_GAPS, numbers);
        }
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
