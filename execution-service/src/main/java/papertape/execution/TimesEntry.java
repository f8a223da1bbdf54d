package papertape.execution;

/**
 * Event times of an instrument's market data, in microseconds.
 *
 * @param book of the newest change of what is displayed
 * @param data of the newest data that orders meet
 */
record TimesEntry(long book, long data) {
    static final TimesEntry NONE = new TimesEntry(0, 0);

    /** A time so far back is another day's recording: event time was set back. */
    private static final long SET_BACK = 600_000_000;

    TimesEntry withData(long ts) {
        if (ts < data - SET_BACK) {
            return new TimesEntry(0, ts);
        }
        return ts <= data ? this : new TimesEntry(book, ts);
    }

    TimesEntry withBook(long ts) {
        TimesEntry moved = withData(ts);
        return ts <= moved.book ? moved : new TimesEntry(ts, moved.data);
    }
}
