package papertape.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.feed.FeedCounters.Count;

/**
 * Says that the venue does not tell which orders it takes: one warning an outage, with the cause, and a count of failures in
 * a row, from which {@code papertape status} makes a problem. One thread.
 */
final class StatusOutage {
    private static final Logger LOG = LoggerFactory.getLogger(StatusOutage.class);

    private final FeedCounters counters;
    private boolean isOutage;

    StatusOutage(FeedCounters counters) {
        this.counters = counters;
    }

    void failed(String cause) {
        counters.add(Count.REST_FAILURES, 1);
        counters.add(Count.STATUS_FAILURES_IN_A_ROW, 1);
        if (!isOutage) {
            LOG.atWarn().addKeyValue("cause", cause).log("the venue's product status could not be fetched");
        }
        isOutage = true;
    }

    /** Whether the last request failed. */
    boolean isOn() {
        return isOutage;
    }

    void ended() {
        counters.reset(Count.STATUS_FAILURES_IN_A_ROW);
        isOutage = false;
    }
}
