package papertape.feed;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import papertape.common.config.ExecutionSettings;

/**
 * Cuts a recording into turns by its own times. All messages of a turn can be handled together: an order that one of them
 * leads to acts only after its latency, and a turn is not longer than half of that, neither by when it was received nor by
 * the venue's times of any product (what a connection held up arrives at once). Between the messages stand clocks, at
 * least every 250 ms; in a hole of more than a minute they become rarer, so that a long hole takes little time.
 *
 * <p>A turn is found by how many messages each partition has sent, so that several workers, and one that has just begun,
 * agree on it.
 */
final class Schedule {
    static final long CLOCK = 250_000;
    /** Turns are as long as one of these, in microseconds, so that each clock stands at the end of one. */
    private static final long[] LENGTHS = {125_000, 50_000, 25_000, 12_500, 10_000, 5_000, 2_500, 1_000, 500};

    /** After so much silence a clock is as far from the last one as a part of the silence. */
    private static final long LONG_SILENCE = 60_000_000;

    private static final int SILENCE_PARTS = 256;

    private final RecordedTimes times;
    private final ToIntFunction<String> partitionOf;
    private final long length;
    private final long[] begin;
    private final long[] end;
    /** Of each product the cell of event time that it is in, and the line at which the turn began that it was noted in. */
    private final long[] cells;

    private final int[] notedAt;
    private int first;
    private int next;
    private boolean hasClock;
    private boolean isOver;
    private long clock;

    /** @param length of a turn in microseconds; 0: one message */
    Schedule(RecordedTimes times, ToIntFunction<String> partitionOf, int partitions, long length) {
        this.times = times;
        this.partitionOf = partitionOf;
        this.length = length;
        this.begin = new long[partitions];
        this.end = new long[partitions];
        this.cells = new long[times.products()];
        this.notedAt = new int[times.products()];
        Arrays.fill(notedAt, -1);
        this.clock = times.size() == 0 ? 0 : Math.floorDiv(times.micros(0), CLOCK) * CLOCK;
    }

    /** Half of the shortest latency, rounded down to a part of the clocks' interval; 0 where an order acts at once. */
    static long length(ExecutionSettings rules) {
        long least = Math.min(rules.insertLatencyMs(), Math.min(rules.cancelLatencyMs(), rules.replaceLatencyMs()));
        for (long length : LENGTHS) {
            if (length <= least * 1_000 / 2) {
                return length;
            }
        }
        return 0;
    }

    /** Whether every partition has sent all of this turn. */
    boolean isSent(long[] sent) {
        for (int p = 0; p < end.length; p++) {
            if (sent[p] < end[p]) {
                return false;
            }
        }
        return true;
    }

    /** How many messages all partitions have sent at this turn's end. */
    long sent() {
        return Arrays.stream(end).sum();
    }

    /** Whether a partition has sent more than this turn has. */
    boolean isExceeded(long[] sent) {
        for (int p = 0; p < end.length; p++) {
            if (sent[p] > end[p]) {
                return true;
            }
        }
        return false;
    }

    /** How many messages of this turn a partition has sent. */
    long sentOf(long[] sent, int partition) {
        return sent[partition] - begin[partition];
    }

    /** Whether a partition has sent everything up to this turn's end. */
    boolean isSent(long[] sent, int partition) {
        return sent[partition] >= end[partition];
    }

    /** The first line of this turn. */
    int first() {
        return first;
    }

    /** The line after the last one of this turn. */
    int next() {
        return next;
    }

    /** Whether a clock stands at this turn's end. */
    boolean hasClock() {
        return hasClock;
    }

    /** The time of the last clock. */
    long clock() {
        return clock;
    }

    /** When something was last received up to this turn's end. */
    long lastReceived() {
        return next == 0 ? clock : times.micros(next - 1);
    }

    int partition(int line) {
        return partitionOf.applyAsInt(times.product(line));
    }

    /** Goes on to the next turn; false where the recording has ended. A clock is no turn's length ahead of its messages. */
    boolean advance() {
        if (isOver || times.size() == 0) {
            return false;
        }
        System.arraycopy(end, 0, begin, 0, end.length);
        first = next;
        long due = nextClock();
        if (next < times.size() && times.micros(next) < due) {
            long cell = cellEnd(times.micros(next));
            takeLines(Math.min(due, cell));
            boolean isWhole = next >= times.size() || times.micros(next) >= due;
            hasClock = length > 0 && cell == due && isWhole;
        } else {
            hasClock = true;
            isOver = next >= times.size();
        }
        if (hasClock) {
            clock = due;
            for (int p = 0; p < end.length; p++) {
                end[p]++;
            }
        }
        return true;
    }

    private void takeLines(long before) {
        do {
            end[partition(next)]++;
            next++;
        } while (length > 0 && next < times.size() && times.micros(next) < before && isInItsCell(next));
    }

    /** Whether the line's product is in the cell of event time in which it was at its first line of this turn. */
    private boolean isInItsCell(int line) {
        note(line - 1);
        int product = times.productNumber(line);
        return notedAt[product] != first || cells[product] == Math.floorDiv(times.event(line), length);
    }

    private void note(int line) {
        int product = times.productNumber(line);
        if (notedAt[product] != first) {
            notedAt[product] = first;
            cells[product] = Math.floorDiv(times.event(line), length);
        }
    }

    private long cellEnd(long micros) {
        return length == 0 ? micros + 1 : (Math.floorDiv(micros, length) + 1) * length;
    }

    private long nextClock() {
        long silence = next == 0 ? 0 : clock - times.micros(next - 1);
        long step = silence < LONG_SILENCE ? CLOCK : Math.max(CLOCK, silence / SILENCE_PARTS / CLOCK * CLOCK);
        return clock + step;
    }

    @Override
    public String toString() {
        return "lines " + first + ".." + (next - 1) + (hasClock ? ", clock " + clock : "") + ", sent before "
                + Arrays.toString(begin);
    }
}
