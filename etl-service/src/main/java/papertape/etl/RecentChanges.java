package papertape.etl;

import papertape.etl.venue.VenueEvent.BookChange;

/**
 * Knows a book change without a number again that has been applied before, as a recording of two connections has them. Not
 * saved: after a restart a copy of an older change breaks the book, as a change that came late does.
 */
final class RecentChanges {
    private static final int MOST = 512;

    private final long[] keys = new long[MOST];
    private long count;

    void add(BookChange change) {
        keys[(int) (count++ % MOST)] = Copies.key(change);
    }

    boolean contains(BookChange change) {
        long key = Copies.key(change);
        for (int i = 0; i < Math.min(count, MOST); i++) {
            if (keys[i] == key) {
                return true;
            }
        }
        return false;
    }
}
