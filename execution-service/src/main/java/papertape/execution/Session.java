package papertape.execution;

import java.time.LocalTime;

/** When a venue's trading day ends, in UTC. */
record Session(long endOfDayMicros) {
    private static final long DAY = 86_400_000_000L;

    static Session endingAt(String hhMm) {
        return new Session(LocalTime.parse(hhMm).toNanoOfDay() / 1_000);
    }

    /** The first session end later than {@code ts}. */
    long endAfter(long ts) {
        return ts + DAY - Math.floorMod(ts - endOfDayMicros, DAY);
    }
}
