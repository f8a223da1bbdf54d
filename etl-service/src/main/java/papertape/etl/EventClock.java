package papertape.etl;

/**
 * Event time of one instrument. It never goes back: what comes with an older time (two channels of a venue are not in
 * step) takes the time of the message before it. A message without a venue time takes the feed's receive time, less what
 * the venue's last stamp was behind it: two clocks are never quite the same, and where ours is ahead, a receive time taken as
 * it is would stop event time until the venue has caught up, and every order with it.
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
    private long behind;

    /** @param behind how far the venue's last stamp was behind its receive time; negative where it was ahead */
    EventClock(long ts, long venueTs, long behind) {
        this.ts = ts;
        this.venueTs = venueTs;
        this.behind = behind;
    }

    long ts() {
        return ts;
    }

    /** Newest time of a message that the venue stamped as it sent it. */
    long venueTs() {
        return venueTs;
    }

    long behind() {
        return behind;
    }

    /** A book update or heartbeat: its time is the venue's now. */
    long onVenueNow(long time, long received) {
        behind = received - time;
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
        if (venueTs == 0) {
            ts = Math.max(ts, received);
        } else if (Math.abs(received - venueTs) <= SAME_RUN) {
            ts = Math.max(ts, received - behind);
        }
        return ts;
    }
}
