package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Header;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderFields;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * An order that was approved and is not final.
 *
 * @param order as it stands, except that the prices of its exits are those it was approved with
 * @param valuePx as of {@link ValuedTerms}
 * @param pending the terms that an approved replace asks for, until execution answers
 * @param avgPx of all fills; absent before the first
 */
record OpenOrder(
        Order order,
        Price valuePx,
        @Nullable ValuedTerms pending,
        Qty cumQty,
        @Nullable Price avgPx) implements OrderFields {

    static OpenOrder of(NewOrder order, Price valuePx) {
        return new OpenOrder(order.order(), valuePx, null, Qty.ZERO, null);
    }

    ValuedTerms terms() {
        return new ValuedTerms(order.terms(), valuePx);
    }

    /** The order as it stands, with the prices of its exits. */
    NewOrder asOrder(Header header, Holding holding) {
        Price takeProfit = null;
        Price stopLoss = null;
        for (OpenOrder exit : holding.exitsOf(orderId())) {
            ValuedTerms asked = exit.pending == null ? exit.terms() : exit.pending;
            takeProfit = exit.ordType() == OrdType.LIMIT ? asked.terms().limitPx() : takeProfit;
            stopLoss = exit.ordType() == OrdType.STOP ? asked.terms().stopPx() : stopLoss;
        }
        // execution reports where a trailing stop stands; the order names no stop price
        Order asked = ordType() == OrdType.TRAILING_STOP
                ? order.withTerms(order.terms().withStopPx(null))
                : order;
        return new NewOrder(header, asked.withExits(takeProfit, stopLoss));
    }

    /** An exit after its entry's quantity is final; a replace of its price may be under way. */
    OpenOrder sized(Qty filled) {
        boolean isAsked = pending != null && !pending.hasPricesOf(terms());
        return withTerms(terms().withQty(filled)).withPending(isAsked ? pending.withQty(filled) : null);
    }

    /** The quantity that may still be filled: under the larger of both quantities while a replace is pending. */
    Qty leaves() {
        Qty leaves = left(qty());
        return pending == null ? leaves : leaves.max(left(pending.qty()));
    }

    /** The part of this whole quantity that may still be filled; never negative. */
    Qty left(Qty whole) {
        return whole.minus(cumQty).max(Qty.ZERO);
    }

    OrdStatus status() {
        return cumQty.isZero() ? OrdStatus.NEW : OrdStatus.PARTIALLY_FILLED;
    }

    OpenOrder withPending(@Nullable ValuedTerms asked) {
        return new OpenOrder(order, valuePx, asked, cumQty, avgPx);
    }

    OpenOrder withTerms(ValuedTerms changed) {
        return new OpenOrder(order.withTerms(changed.terms()), changed.valuePx(), pending, cumQty, avgPx);
    }

    OpenOrder filled(Qty cum, @Nullable Price average) {
        return new OpenOrder(order, valuePx, pending, cum, average);
    }
}
