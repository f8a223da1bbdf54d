package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Qty;

/**
 * The quantity that trades before a resting order at its price (rule 8). A trade and the shrinking of the level that it caused
 * are one event and arrive in either order; the queue shrinks once.
 *
 * @param ahead absent when not known, which fills nothing at the price itself
 * @param caps updates of the book that shortened the queue, oldest first: a trade that is not newer than one of them had
 *     happened before it, and met the queue as it was then
 */
record Queue(@Nullable Qty ahead, List<Cap> caps) {
    /** Caps that are told apart; of more, the oldest become one. */
    static final int MOST = 8;

    /** Event time after which no trade that an update contains is expected any more, in microseconds. */
    private static final long LONGEST_LAG = 10_000_000;

    static final Queue UNKNOWN = new Queue(null, List.of());

    /**
     * A book update that shortened the queue.
     *
     * @param ts event time
     * @param before what was ahead, less the trades it contains that have arrived; absent where the order was not there yet
     */
    record Cap(long ts, @Nullable Qty before) {}

    /** Joins behind what the book displays; what the book contains by then has traded without the order. */
    static Queue behind(@Nullable Qty shown, long bookTs) {
        return new Queue(shown, List.of(new Cap(bookTs, null)));
    }

    /** The book shows that much at the price. */
    Queue shown(Qty qty, long bookTs) {
        if (ahead == null) {
            return new Queue(qty, List.of(new Cap(bookTs, null)));
        }
        if (qty.compareTo(ahead) >= 0) {
            return this;
        }
        List<Cap> all = new ArrayList<>(caps);
        all.removeIf(cap -> cap.ts < bookTs - LONGEST_LAG);
        all.add(new Cap(bookTs, ahead));
        if (all.size() > MOST) {
            Cap oldest = all.removeFirst();
            all.set(0, new Cap(all.getFirst().ts, oldest.before));
        }
        return new Queue(qty, List.copyOf(all));
    }

    /** What was ahead for a trade of that event time; null where the order fills nothing of it. */
    @Nullable
    Qty aheadOf(long tradeTs) {
        int first = firstWith(tradeTs);
        return first < 0 ? ahead : caps.get(first).before;
    }

    /** The first cap that contains a trade of that time; the later ones were measured without it. */
    private int firstWith(long tradeTs) {
        for (int i = 0; i < caps.size(); i++) {
            if (caps.get(i).ts >= tradeTs) {
                return i;
            }
        }
        return -1;
    }

    /** A trade at the price. */
    Queue traded(long tradeTs, Qty volume) {
        Qty met = aheadOf(tradeTs);
        if (met == null || ahead == null) {
            return this;
        }
        Qty left = met.minus(volume).max(Qty.ZERO);
        int first = firstWith(tradeTs);
        if (first < 0) {
            return new Queue(left, caps);
        }
        List<Cap> all = new ArrayList<>(caps);
        all.set(first, new Cap(caps.get(first).ts, left));
        return new Queue(ahead.min(left), List.copyOf(all));
    }

    /** A trade went through the price. */
    Queue cleared() {
        return new Queue(Qty.ZERO, List.of());
    }
}
