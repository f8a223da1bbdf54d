package papertape.etl;

/**
 * Event time of one instrument. It never goes back: what comes with an older time (two channels of a venue are not in
 * step) takes the time of the message before it. A message without a venue time takes the feed's receive time.
 *
 * <p>One exception: a recording played later has venue times of its own day and receive times of today. Mixed, the first
 * receive time would stop the clock for the whole recording. So where the two are further apart than
 * {@link #SAME_RUN} the venue's time wins: it sets the clock back once, at its first appearance, and receive times are
 * left aside from then on.
 */
final class EventClock {
    /** Farthest that a venue's clock and ours, or a quiet instrument's messages, are believed to be apart. */
    static final long SAME_RUN = 600_000_000;

    private long ts;
    private long venueTs;

    EventClock(long ts, long venueTs) {
        this.ts = ts;
        this.venueTs = venueTs;
    }

    long ts() {
        return ts;
    }

    /** Newest time of a message that the venue stamped as it sent it. */
    long venueTs() {
        return venueTs;
    }

    /** A book update or heartbeat: its time is the venue's now. */
    long onVenueNow(long time) {
        if (venueTs == 0 && ts - time > SAME_RUN) {
            ts = time;
        }
        venueTs = Math.max(venueTs, time);
        ts = Math.max(ts, time);
        return ts;
    }

    /** A trade or its ticker: right after subscribing these are news of long ago, so they say little of the venue's now. */
    long onPast(long time) {
        ts = Math.max(ts, time);
        return ts;
    }

    long onReceived(long received) {
        if (venueTs == 0 || Math.abs(received - venueTs) <= SAME_RUN) {
            ts = Math.max(ts, received);
        }
        return ts;
    }
}
