package papertape.execution;

import org.jspecify.annotations.Nullable;

/**
 * Event times of an instrument's market, in microseconds.
 *
 * @param book of the newest change of what is displayed
 * @param data of the newest data that orders meet
 * @param clock to which time has gone on without data; null before the first clock
 */
record TimesEntry(long book, long data, @Nullable Long clock) {
    static final TimesEntry NONE = new TimesEntry(0, 0, null);

    /** A time so far back is another day's recording: event time was set back. */
    private static final long SET_BACK = 600_000_000;

    TimesEntry withData(long ts) {
        if (isSetBackBy(ts)) {
            return new TimesEntry(0, ts, null);
        }
        return ts <= data ? this : new TimesEntry(book, ts, clock);
    }

    TimesEntry withBook(long ts) {
        TimesEntry moved = withData(ts);
        return ts <= moved.book ? moved : new TimesEntry(ts, moved.data, moved.clock);
    }

    TimesEntry withClock(long ts) {
        if (isSetBackBy(ts)) {
            return new TimesEntry(0, 0, ts);
        }
        return ts <= now() ? this : new TimesEntry(book, data, ts);
    }

    /** What time it is in this market. */
    long now() {
        return clock == null ? data : Math.max(data, clock);
    }

    private boolean isSetBackBy(long ts) {
        return ts < now() - SET_BACK;
    }
}
