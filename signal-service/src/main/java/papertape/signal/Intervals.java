package papertape.signal;

/** Lengths of bars. */
final class Intervals {
    private static final long SECOND = 1_000_000;

    private Intervals() {}

    /** Microseconds of {@code 1s}, {@code 5m}, {@code 1h}, {@code 1d}. */
    static long micros(String interval) {
        int end = interval.length() - 1;
        long number = Long.parseLong(interval, 0, end, 10);
        return number
                * switch (interval.charAt(end)) {
                    case 's' -> SECOND;
                    case 'm' -> 60 * SECOND;
                    case 'h' -> 3_600 * SECOND;
                    case 'd' -> 86_400 * SECOND;
                    default -> throw new IllegalArgumentException("not an interval: \"" + interval + "\"");
                };
    }
}
