package papertape.etl.venue;

/**
 * Reads times as venues give them: ISO 8601, or a count since the epoch of which the number of digits tells the unit
 * (seconds, milliseconds, microseconds, nanoseconds). A time that no trade of this market can have (year 1, as a program
 * writes a time it does not know; 0 and -1) is none: 0, and the receive time counts.
 */
final class VenueTime {
    /** 2009-01-01, when the first of these markets was not there yet. */
    private static final long FIRST = 1_230_768_000_000_000L;
    /** 2100-01-01. */
    private static final long LAST = 4_102_444_800_000_000L;

    private static final long SECONDS_BELOW = 100_000_000_000L;
    private static final long MILLIS_BELOW = 100_000_000_000_000L;
    private static final long MICROS_BELOW = 100_000_000_000_000_000L;

    private VenueTime() {}

    /** @throws IllegalArgumentException when the text is no time */
    static long of(CharSequence text) {
        return isCount(text) ? ofEpoch(Long.parseLong(text, 0, text.length(), 10)) : known(IsoTime.micros(text));
    }

    private static boolean isCount(CharSequence text) {
        if (text.isEmpty() || text.length() > 19) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && !(c == '-' && i == 0 && text.length() > 1)) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException when it is before the epoch, except -1 */
    static long ofEpoch(long count) {
        if (count < -1) {
            throw new IllegalArgumentException("before 1970: " + count);
        }
        if (count < SECONDS_BELOW) {
            return known(count * 1_000_000);
        }
        if (count < MILLIS_BELOW) {
            return known(count * 1_000);
        }
        return known(count < MICROS_BELOW ? count : count / 1_000);
    }

    private static long known(long micros) {
        return micros < FIRST || micros > LAST ? 0 : micros;
    }
}
