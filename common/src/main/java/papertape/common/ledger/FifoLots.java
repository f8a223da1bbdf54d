package papertape.common.ledger;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** The queue of lots behind a FIFO position: in at the end, out at the front. */
final class FifoLots {
    private FifoLots() {}

    static List<Lot> added(List<Lot> lots, Lot lot) {
        List<Lot> result = new ArrayList<>(lots);
        if (!lots.isEmpty() && (lots.getLast().px().equals(lot.px()) || lots.size() >= Position.MAX_LOTS)) {
            result.set(lots.size() - 1, joined(lots.getLast(), lot));
        } else {
            result.add(lot);
        }
        return result;
    }

    /** What remains after the oldest {@code closing} units (signed as the lots, and less than all of them) are gone. */
    static List<Lot> without(List<Lot> lots, Qty closing) {
        Qty due = closing;
        int next = 0;
        while (lots.get(next).qty().abs().compareTo(due.abs()) <= 0) {
            due = due.minus(lots.get(next).qty());
            next++;
        }
        List<Lot> result = new ArrayList<>(lots.subList(next, lots.size()));
        Lot front = lots.get(next);
        result.set(0, new Lot(front.qty().minus(due), front.px()));
        return result;
    }

    static Money cost(List<Lot> lots) {
        Money sum = Money.ZERO;
        for (Lot lot : lots) {
            sum = sum.plus(lot.cost());
        }
        return sum;
    }

    private static Lot joined(Lot old, Lot lot) {
        Qty qty = old.qty().plus(lot.qty());
        if (old.px().equals(lot.px())) {
            return new Lot(qty, lot.px());
        }
        // so many decimals that the lot's cost keeps to the positions' own
        int scale = Math.max(0, Position.COST_SCALE - Math.max(0, qty.value().scale()));
        Money cost = old.cost().plus(lot.cost());
        return new Lot(qty, new Price(cost.value().divide(qty.value(), scale, RoundingMode.HALF_EVEN)));
    }
}
