package papertape.common.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;

/**
 * One partition of a stage, owned by this worker under an epoch. The worker feeds it what arrives, asks it for a commit,
 * and tells it how that went. Called by the worker's thread.
 */
abstract class Task {
    final String stage;
    final int partition;
    final long epoch;

    Task(String stage, int partition, long epoch) {
        this.stage = stage;
        this.partition = partition;
        this.epoch = epoch;
    }

    /** Pub/sub channels it wants to hear. */
    abstract Set<String> channels();

    abstract void arrived(String channel, byte[] bytes);

    /** Something may have been missed: the channel is to be compared with its journal. */
    abstract void mayHaveMissed(String channel);

    /** Reads from the journals what has not arrived. */
    abstract void fill(Bus bus);

    /** Whether {@link #process} has something to do. */
    abstract boolean hasWork();

    /**
     * Handles what is there, up to a batch, and returns what to commit; null where nothing changed.
     *
     * @param turns how much it may do
     */
    abstract @Nullable Commit process(Turns turns);

    /** Messages that have arrived in its longest queue and not been taken; 0 where it takes all at once. */
    long waiting() {
        return 0;
    }

    abstract void committed();

    /** The next {@link #process} shall leave nothing uncommitted. */
    void hurry() {
        // most commit at once anyway
    }

    /** Whether it has so much to do that nothing more shall be delivered until it has done some of it. */
    boolean isFull() {
        return false;
    }

    /** Messages known to be published on its inputs and not yet processed. */
    abstract long lag(Map<String, Long> sequences);

    /** What its rules count, by name. */
    SortedMap<String, Long> counters() {
        return Collections.emptySortedMap();
    }
}
