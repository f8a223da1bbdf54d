package papertape.pnl;

import java.util.Comparator;
import papertape.common.value.AccountId;

/** An account whose changed marks are to be reported from an event time (microseconds) on. */
record Due(long ts, AccountId account) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
            Comparator.comparingLong(Due::ts).thenComparing(Due::account);

    @Override
    public int compareTo(Due other) {
        return ORDER.compare(this, other);
    }
}
