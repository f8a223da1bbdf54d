package papertape.order;

import org.jspecify.annotations.Nullable;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * The order that is out.
 *
 * @param qty as last sent or confirmed
 * @param limitPx absent for a market order
 * @param cum filled so far
 */
record Working(
        OrderId orderId, Side side, Qty qty, @Nullable Price limitPx, Qty cum, Request request) {
    /** What was asked about the order and is not answered yet. */
    enum Request {
        NONE,
        REPLACE,
        CANCEL
    }

    Working asked(Request newRequest) {
        return new Working(orderId, side, qty, limitPx, cum, newRequest);
    }

    Working filled(Qty newCum) {
        return new Working(orderId, side, qty, limitPx, newCum, request);
    }

    Working replaced(Qty newQty, @Nullable Price newLimitPx) {
        return new Working(orderId, side, newQty, newLimitPx, cum, Request.NONE);
    }

    /** What is still to come of it, as a change of position. */
    Qty signedLeaves() {
        return qty.minus(cum).signed(side);
    }
}
