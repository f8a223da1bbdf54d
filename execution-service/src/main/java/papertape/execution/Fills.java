package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** What an order has traded so far: exact sums, from which averages are derived. */
record Fills(Qty cumQty, Money value, Money fees) {
    static final Fills NONE = new Fills(Qty.ZERO, Money.ZERO, Money.ZERO);

    Fills plus(Qty qty, Price px, Money fee) {
        return new Fills(cumQty.plus(qty), value.plus(px.times(qty)), fees.plus(fee));
    }

    @Nullable
    Price avgPx() {
        return cumQty.isZero() ? null : value.averageOver(cumQty);
    }
}
