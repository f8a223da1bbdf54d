package papertape.common.runtime;

import java.time.Instant;
import org.HdrHistogram.Histogram;

/** What a worker counts. Written by its own thread. */
final class Tally {
    private static final long MAX_DELAY_MICROS = 3_600_000_000L;

    /** Microseconds from the feed's reception of the raw message to the commit of what it led to. */
    final Histogram delay = new Histogram(1, MAX_DELAY_MICROS, 2);

    long in;
    long out;
    long deadLetters;
    long commits;
    long fenced;
    /** Arrivals that did not fit into the queue: those of journals are read again, those of a front door are gone. */
    long dropped;

    void delay(long micros) {
        delay.recordValue(Math.clamp(micros, 1, MAX_DELAY_MICROS));
    }

    /** Microseconds since the epoch, for measuring only. */
    static long nowMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
