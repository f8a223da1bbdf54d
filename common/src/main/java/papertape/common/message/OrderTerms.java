package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Flat;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/**
 * The terms of an order that its executions repeat, as they stand after each.
 *
 * @param qty the whole quantity (FIX: OrderQty); cumQty + leavesQty while the order works
 * @param limitPx for limit and stop-limit orders only
 * @param stopPx for stop and stop-limit orders; in an execution also where a trailing stop stands
 * @param parentId of a bracket's exits: the entry, which brings them along
 */
@Flat
public record OrderTerms(
        Side side,
        OrdType ordType,
        TimeInForce tif,
        Qty qty,
        @Nullable Price limitPx,
        @Nullable Price stopPx,
        @Nullable OrderId parentId) {

    /** Terms without prices and without a parent. */
    public OrderTerms(Side side, OrdType ordType, TimeInForce tif, Qty qty) {
        this(side, ordType, tif, qty, null, null, null);
    }

    public OrderTerms withQty(Qty other) {
        return new OrderTerms(side, ordType, tif, other, limitPx, stopPx, parentId);
    }

    public OrderTerms withLimitPx(@Nullable Price other) {
        return new OrderTerms(side, ordType, tif, qty, other, stopPx, parentId);
    }

    public OrderTerms withStopPx(@Nullable Price other) {
        return new OrderTerms(side, ordType, tif, qty, limitPx, other, parentId);
    }

    public OrderTerms withParentId(@Nullable OrderId other) {
        return new OrderTerms(side, ordType, tif, qty, limitPx, stopPx, other);
    }

    /** The terms that a replace makes of these; an absent value stays as it is. */
    public OrderTerms replaced(@Nullable Qty newQty, @Nullable Price newLimitPx, @Nullable Price newStopPx) {
        return new OrderTerms(
                side,
                ordType,
                tif,
                newQty == null ? qty : newQty,
                newLimitPx == null ? limitPx : newLimitPx,
                newStopPx == null ? stopPx : newStopPx,
                parentId);
    }
}
