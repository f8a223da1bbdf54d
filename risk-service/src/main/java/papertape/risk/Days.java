package papertape.risk;

/** UTC days of event time. */
final class Days {
    static final long MICROS = 86_400_000_000L;

    private Days() {}

    /** Days since the epoch. */
    static long of(long ts) {
        return Math.floorDiv(ts, MICROS);
    }
}
