package papertape.common.runtime;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself once a second.
 *
 * @param ts microseconds since the epoch
 * @param tasks owned, {@code stage.partition}
 * @param in messages read since its start
 * @param out messages sent since its start
 * @param inRate messages a second, over the last second, as is the next
 * @param lag messages on its inputs that it has not committed
 * @param delayP50 microseconds from the feed to this worker's commit, over the last second, as is the next
 * @param counters further ones, by name
 * @param complaint what the database or the venue does not do though the worker asks it; absent where all is well
 */
public record WorkerStats(
        String stage,
        String worker,
        long pid,
        long ts,
        List<String> tasks,
        long in,
        long out,
        long inRate,
        long outRate,
        long lag,
        long delayP50,
        long delayP99,
        long deadLetters,
        SortedMap<String, Long> counters,
        @Nullable String complaint) {
    /** Adds a count to those of others by that name; of counts whose name ends with {@code _max} the largest stands. */
    public static void merge(SortedMap<String, Long> all, String name, long value) {
        all.merge(name, value, name.endsWith("_max") ? Long::max : Long::sum);
    }
}
