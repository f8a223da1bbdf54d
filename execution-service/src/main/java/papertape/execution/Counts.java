package papertape.execution;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;

/** What the stage counts over the life of the data, for {@code status} and metrics. */
final class Counts {
    /**
     * Orders, cancels and replaces that came after market data they were to meet had been handled: the results then depend
     * on how fast the machine is.
     */
    static final String LATE = "late_orders";

    static final String LATE_MOST = "late_by_us_max";
    /** Orders whose handling failed, and which ended for that. */
    static final String FAILED = "failed_orders";

    /** Dead letters on {@code approved} that do not tell which order they were about. */
    static final String UNREADABLE = "unreadable_requests";

    private static final String[] ALL = {LATE, LATE_MOST, FAILED, UNREADABLE};

    private final StateTable<String, Long> table;

    Counts(StateTable<String, Long> table) {
        this.table = table;
    }

    /** Microseconds by which an order or request is late, which is counted; null when it is in time. */
    @Nullable
    Long lateBy(@Nullable Market market, long visibleAfter) {
        long late = market == null ? 0 : market.dataTs() - visibleAfter;
        if (late <= 0) {
            return null;
        }
        table.put(LATE, get(LATE) + 1);
        table.put(LATE_MOST, Math.max(get(LATE_MOST), late));
        return late;
    }

    void failed() {
        table.put(FAILED, get(FAILED) + 1);
    }

    void unreadable() {
        table.put(UNREADABLE, get(UNREADABLE) + 1);
    }

    private long get(String name) {
        return table.getOrDefault(name, 0L);
    }

    SortedMap<String, Long> all() {
        SortedMap<String, Long> all = new TreeMap<>();
        for (String name : ALL) {
            all.put(name, get(name));
        }
        return all;
    }
}
