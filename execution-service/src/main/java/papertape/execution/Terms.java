package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderFields;
import papertape.common.message.OrderTerms;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * An order at the venue, and its end.
 *
 * @param endTs for DAY and GTD orders: event time in microseconds from which the order is over
 * @param lateBy microseconds by which the order came after the market data that it was to meet; absent when in time
 */
record Terms(Order order, @Nullable Long endTs, @Nullable Long lateBy) implements OrderFields {

    static Terms of(NewOrder order, @Nullable Long endTs, @Nullable Long lateBy) {
        return new Terms(order.order(), endTs, lateBy);
    }

    Terms with(OrderTerms changed) {
        return new Terms(order.withTerms(changed), endTs, lateBy);
    }

    Terms withQty(Qty newQty) {
        return with(order.terms().withQty(newQty));
    }

    /** The entry's terms after one of its exits, which has these terms now, was replaced. */
    Terms withExit(Terms exit) {
        Order changed = exit.ordType() == OrdType.LIMIT
                ? order.withExits(exit.limitPx(), stopLossPx())
                : order.withExits(takeProfitPx(), exit.stopPx());
        return new Terms(changed, endTs, lateBy);
    }

    OrderKey key() {
        return new OrderKey(account(), orderId());
    }

    @Nullable
    OrderKey parentKey() {
        return parentId() == null ? null : new OrderKey(account(), parentId());
    }

    /** Whether the order is over at that event time; a time equal to the end is over. */
    boolean isOverAt(long ts) {
        return endTs != null && ts >= endTs;
    }

    /** Whether a fill at {@code px} is within {@code bound} for this side. */
    boolean reaches(Price px, Price bound) {
        return side() == Side.BUY ? !px.isAbove(bound) : !px.isBelow(bound);
    }
}
