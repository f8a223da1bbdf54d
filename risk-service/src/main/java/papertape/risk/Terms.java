package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * The terms of an order that a replace can change.
 *
 * @param valuePx the price at which what is left of the order is reserved and counted
 */
record Terms(Qty qty, @Nullable Price limitPx, @Nullable Price stopPx, Price valuePx) {
    Terms withQty(Qty other) {
        return new Terms(other, limitPx, stopPx, valuePx);
    }
}
