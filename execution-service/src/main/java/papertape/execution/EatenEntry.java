package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import papertape.common.value.Qty;

/** What trades took at a price and no book update has confirmed yet, in the order of arrival. */
record EatenEntry(List<Bite> bites) {
    /** Trades of a price that are told apart; more are added up. */
    static final int MOST = 16;

    /** @param ts event time of the trade: a newer update of the book contains it */
    record Bite(long ts, Qty qty) {}

    static final EatenEntry NONE = new EatenEntry(List.of());

    EatenEntry plus(long ts, Qty qty) {
        List<Bite> all = new ArrayList<>(bites);
        all.add(new Bite(ts, qty));
        if (all.size() > MOST) {
            Bite oldest = all.removeFirst();
            Bite next = all.getFirst();
            all.set(0, new Bite(Math.max(oldest.ts, next.ts), oldest.qty.plus(next.qty)));
        }
        return new EatenEntry(List.copyOf(all));
    }

    Qty total() {
        Qty sum = Qty.ZERO;
        for (Bite bite : bites) {
            sum = sum.plus(bite.qty);
        }
        return sum;
    }

    /** What is left of it after an update of the book that contains the trades before {@code ts}. */
    EatenEntry since(long ts) {
        return new EatenEntry(bites.stream().filter(bite -> bite.ts >= ts).toList());
    }
}
