package papertape.sim.replay;

import java.util.Locale;

/** The unit of a recording's receive times, as their size shows it: every one counts since 1970. */
enum TimeUnitOfFile {
    SECONDS,
    MILLISECONDS,
    MICROSECONDS,
    NANOSECONDS;

    /** Below this a time is a count from the recording's own beginning, in microseconds. */
    private static final long SECONDS_FROM = 500_000_000L;

    private static final long MILLIS_FROM = 500_000_000_000L;
    private static final long MICROS_FROM = 500_000_000_000_000L;
    private static final long NANOS_FROM = 500_000_000_000_000_000L;

    static TimeUnitOfFile of(long count) {
        if (count >= NANOS_FROM) {
            return NANOSECONDS;
        }
        if (count >= MICROS_FROM || count < SECONDS_FROM) {
            return MICROSECONDS;
        }
        return count >= MILLIS_FROM ? MILLISECONDS : SECONDS;
    }

    long micros(long count) {
        return switch (this) {
            case SECONDS -> count * 1_000_000;
            case MILLISECONDS -> count * 1_000;
            case MICROSECONDS -> count;
            case NANOSECONDS -> count / 1_000;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
