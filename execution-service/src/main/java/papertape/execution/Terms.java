package papertape.execution;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderTerms;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

/**
 * What an order asks for.
 *
 * @param endTs for DAY and GTD orders: event time in microseconds from which the order is over
 * @param lateBy microseconds by which market data it was to meet had gone by when it came; absent when it was in time
 */
record Terms(
        OrderId orderId,
        AccountId account,
        @Nullable StrategyId strategy,
        Instrument instrument,
        Side side,
        OrdType ordType,
        Qty qty,
        @Nullable Price limitPx,
        @Nullable Price stopPx,
        @Nullable Price trailAmount,
        @Nullable BigDecimal trailPercent,
        TimeInForce tif,
        @Nullable Long endTs,
        boolean postOnly,
        boolean reduceOnly,
        @Nullable OrderId parentId,
        @Nullable Price takeProfitPx,
        @Nullable Price stopLossPx,
        @Nullable Long lateBy)
        implements OrderTerms {

    static Terms of(NewOrder order, @Nullable Long endTs, @Nullable Long lateBy) {
        return new Terms(
                order.orderId(),
                order.account(),
                order.strategy(),
                order.instrument(),
                order.side(),
                order.ordType(),
                order.qty(),
                order.limitPx(),
                order.stopPx(),
                order.trailAmount(),
                order.trailPercent(),
                order.tif(),
                endTs,
                order.postOnly(),
                order.reduceOnly(),
                order.parentId(),
                order.takeProfitPx(),
                order.stopLossPx(),
                lateBy);
    }

    Terms with(Qty newQty, @Nullable Price newLimitPx, @Nullable Price newStopPx) {
        return with(newQty, newLimitPx, newStopPx, takeProfitPx, stopLossPx);
    }

    /** The entry's terms after one of its exits, which has these terms now, was replaced. */
    Terms withExit(Terms exit) {
        return exit.ordType == OrdType.LIMIT
                ? with(qty, limitPx, stopPx, exit.limitPx, stopLossPx)
                : with(qty, limitPx, stopPx, takeProfitPx, exit.stopPx);
    }

    private Terms with(
            Qty newQty,
            @Nullable Price newLimitPx,
            @Nullable Price newStopPx,
            @Nullable Price takeProfit,
            @Nullable Price stopLoss) {
        return new Terms(
                orderId,
                account,
                strategy,
                instrument,
                side,
                ordType,
                newQty,
                newLimitPx,
                newStopPx,
                trailAmount,
                trailPercent,
                tif,
                endTs,
                postOnly,
                reduceOnly,
                parentId,
                takeProfit,
                stopLoss,
                lateBy);
    }

    Terms withQty(Qty newQty) {
        return with(newQty, limitPx, stopPx);
    }

    OrderKey key() {
        return new OrderKey(account, orderId);
    }

    @Nullable
    OrderKey parentKey() {
        return parentId == null ? null : new OrderKey(account, parentId);
    }

    /** Whether the order is over at that event time; a time equal to the end is over. */
    boolean isOverAt(long ts) {
        return endTs != null && ts >= endTs;
    }

    /** Whether a fill at {@code px} is within {@code bound} for this side. */
    boolean reaches(Price px, Price bound) {
        return side == Side.BUY ? !px.isAbove(bound) : !px.isBelow(bound);
    }
}
