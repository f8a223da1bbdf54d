package papertape.feed;

import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.runtime.Source.Received;
import papertape.feed.FeedCounters.Count;

/**
 * Where messages wait that have no room in the backlog: on the disk, and what the disk does not take and must not be lost,
 * behind it in memory. First in, first out. Used under the inbox's lock.
 */
final class Overflow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Overflow.class);

    private final Spool spool;
    private final ArrayDeque<Received> tail = new ArrayDeque<>();
    private final FeedCounters counters;
    /** One warning an outage. */
    private boolean isNoted;

    private boolean isRefusalNoted;

    Overflow(Spool spool, FeedCounters counters) {
        this.spool = spool;
        this.counters = counters;
    }

    boolean isEmpty() {
        return spool.isEmpty() && tail.isEmpty();
    }

    int inMemory() {
        return tail.size();
    }

    /** @return false where the message was dropped: the disk does not take it, and it is not one of those to keep */
    boolean add(Received message, Weight weight) {
        if (tail.isEmpty() && isSpooled(message)) {
            counters.add(Count.SPOOLED, 1);
            return true;
        }
        counters.add(Count.SPOOL_REFUSED, 1);
        if (weight != Weight.KEEP) {
            return false;
        }
        tail.add(message);
        return true;
    }

    private boolean isSpooled(Received message) {
        if (!isNoted) {
            isNoted = true;
            LOG.atWarn().log("messages wait that nobody takes, spooling to disk");
        }
        try {
            return spool.append(message);
        } catch (IOException e) {
            if (!isRefusalNoted) {
                isRefusalNoted = true;
                LOG.atWarn().setCause(e).log("spool does not take messages");
            }
            return false;
        }
    }

    /** The oldest message; null where there is none. */
    @Nullable Received take() {
        Received spooled = unspool();
        Received oldest = spooled != null ? spooled : tail.poll();
        if (oldest == null) {
            isNoted = false;
            isRefusalNoted = false;
        }
        return oldest;
    }

    private @Nullable Received unspool() {
        if (spool.isEmpty()) {
            return null;
        }
        try {
            Received message = spool.take();
            counters.add(Count.UNSPOOLED, 1);
            return message;
        } catch (IOException e) {
            LOG.atError().setCause(e).addKeyValue("lost", spool.size()).log("spool cannot be read back");
            clear();
            return null;
        }
    }

    private void clear() {
        try {
            spool.clear();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("spool file cannot be deleted");
        }
    }

    @Override
    public void close() {
        if (!isEmpty()) {
            LOG.atWarn().addKeyValue("lost", spool.size() + tail.size()).log("spooled messages given up at the end");
        }
        clear();
    }
}
