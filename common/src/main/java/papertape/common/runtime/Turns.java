package papertape.common.runtime;

import java.util.Collection;

/**
 * How much each task of a round may do. Queues that differ in length get shares by their length, in messages and in time,
 * so that what comes out of all of them is about equally old. With equal shares the partition with the busiest
 * instruments would have the whole backlog, and fall behind the others in event time by as much.
 *
 * @param longest messages that wait in the longest of all queues
 * @param all messages that wait in all tasks
 * @param tasks that have a turn
 */
record Turns(long longest, long all, int tasks) {
    private static final long ROUND_NS = 50_000_000;
    /** What a task has at least, as a part of an equal share: it has to come forward whatever the others have. */
    private static final int LEAST = 4;

    static Turns of(Collection<Task> tasks) {
        long longest = 0;
        long all = 0;
        for (Task task : tasks) {
            longest = Math.max(longest, task.waiting());
            all += task.waiting();
        }
        return new Turns(longest, all, tasks.size());
    }

    /** Most messages that are taken out of a queue of this length. */
    int most(long waiting, int maxBatch) {
        if (longest <= maxBatch) {
            return maxBatch;
        }
        return Math.clamp(waiting * maxBatch / longest, Math.max(1, maxBatch / LEAST), maxBatch);
    }

    /**
     * {@link System#nanoTime} at which a task with so many messages in its longest queue shall find an end, if it begins
     * now, so that no lease runs out over a slow batch.
     */
    long until(long waiting) {
        long equal = ROUND_NS / Math.max(1, tasks);
        long share = all == 0 ? equal : (long) (ROUND_NS * (waiting / (double) all));
        return System.nanoTime() + Math.max(share, equal / LEAST);
    }
}
