package papertape.feed;

import java.util.function.DoubleSupplier;

/**
 * How long to wait before connecting again: exponential, capped, with full jitter (a random part of the whole wait, so that
 * many clients of one venue do not return together). Any thread.
 */
final class Backoff {
    private final long minMs;
    private final long maxMs;
    private final DoubleSupplier jitter;
    private long ceilingMs;

    /** @param jitter gives numbers from 0 up to, not including, 1 */
    Backoff(long minMs, long maxMs, DoubleSupplier jitter) {
        this.minMs = Math.max(1, minMs);
        this.maxMs = Math.max(this.minMs, maxMs);
        this.jitter = jitter;
        this.ceilingMs = this.minMs;
    }

    synchronized long nextMs() {
        long wait = (long) (ceilingMs * jitter.getAsDouble());
        ceilingMs = Math.min(maxMs, ceilingMs * 2);
        return wait;
    }

    /** The connection has proved itself: the next wait starts small again. */
    synchronized void reset() {
        ceilingMs = minMs;
    }
}
