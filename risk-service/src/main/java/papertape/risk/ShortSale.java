package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Whether a sell, with all other open sells, could leave a position short. */
final class ShortSale {
    private ShortSale() {}

    static @Nullable Denial test(CheckName check, Candidate order, AccountBook book) {
        if (order.side() == Side.BUY) {
            return null;
        }
        Holding holding = book.holding(order.instrument());
        Qty selling = holding.demand(Side.SELL, order).qty();
        if (selling.compareTo(holding.closable(Side.SELL)) <= 0 || !isMore(order)) {
            return null;
        }
        Qty others = selling.minus(order.leaves());
        return Denial.of(check, holding.closable(Side.SELL).minus(others), order.leaves());
    }

    private static boolean isMore(Candidate order) {
        OpenOrder replaced = order.replaced();
        return replaced == null || order.leaves().compareTo(replaced.leaves()) > 0;
    }
}
