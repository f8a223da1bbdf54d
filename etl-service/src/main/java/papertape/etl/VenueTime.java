package papertape.etl;

import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.stage.Outbox;
import papertape.common.stage.StateTable;

/**
 * Event time of one venue's instruments in this partition, as far as nothing of an earlier time is to be expected: the feed's
 * time less the lag of the instrument that is furthest behind it. Goes on when all of them are quiet; never goes back, unless
 * the data begins again from an earlier day.
 */
final class VenueTime {
    /** Two lines of a redundant feed both tell the time: a clock follows the last one by this many microseconds. */
    private static final long LEAST_STEP = 150_000;

    private final String venue;
    private final StateTable<String, Long> sent;
    private long last;

    VenueTime(String venue, StateTable<String, Long> sent) {
        this.venue = venue;
        this.sent = sent;
        this.last = sent.getOrDefault(venue, 0L);
    }

    /** @param lag of the instrument that is furthest behind the feed, in microseconds */
    long at(long received, long lag) {
        long ts = received - lag;
        return last - ts > EventClock.SAME_RUN ? ts : Math.max(last, ts);
    }

    /** Passes the time on to the stages that follow. */
    void send(long ts, long confirmed, Outbox out) {
        if (ts >= last && ts - last < LEAST_STEP) {
            return;
        }
        last = ts;
        sent.put(venue, ts);
        out.send(Channel.TICKS, new Clock(out.header(ts), venue, confirmed));
    }
}
