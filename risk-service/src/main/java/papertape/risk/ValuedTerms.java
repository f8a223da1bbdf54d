package papertape.risk;

import java.util.Objects;
import papertape.common.message.OrderTerms;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * The terms of an order and what it is worth under them.
 *
 * @param valuePx the price at which what is left of the order is reserved and counted
 */
record ValuedTerms(OrderTerms terms, Price valuePx) {
    Qty qty() {
        return terms.qty();
    }

    ValuedTerms withQty(Qty other) {
        return new ValuedTerms(terms.withQty(other), valuePx);
    }

    boolean hasPricesOf(ValuedTerms other) {
        return Objects.equals(terms.limitPx(), other.terms.limitPx())
                && Objects.equals(terms.stopPx(), other.terms.stopPx());
    }
}
