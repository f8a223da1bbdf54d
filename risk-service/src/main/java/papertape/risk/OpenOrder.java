package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.value.Instrument;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

/**
 * An order that was approved and is not final.
 *
 * @param pending what an approved replace asks for, until execution answers
 * @param avgPx of all fills; absent before the first
 */
record OpenOrder(
        OrderId id,
        @Nullable StrategyId strategy,
        Instrument instrument,
        Side side,
        OrdType ordType,
        TimeInForce tif,
        @Nullable OrderId parentId,
        boolean postOnly,
        boolean reduceOnly,
        @Nullable Price trailAmount,
        @Nullable BigDecimal trailPercent,
        @Nullable Long expireTs,
        Terms terms,
        @Nullable Terms pending,
        Qty cumQty,
        @Nullable Price avgPx) {

    static OpenOrder of(NewOrder order, Price valuePx) {
        return new OpenOrder(
                order.orderId(),
                order.strategy(),
                order.instrument(),
                order.side(),
                order.ordType(),
                order.tif(),
                order.parentId(),
                order.postOnly(),
                order.reduceOnly(),
                order.trailAmount(),
                order.trailPercent(),
                order.expireTs(),
                new Terms(order.qty(), order.limitPx(), order.stopPx(), valuePx),
                null,
                Qty.ZERO,
                null);
    }

    /** What may still be filled: under the larger of both quantities while a replace is pending. */
    Qty leaves() {
        Qty leaves = left(terms);
        return pending == null ? leaves : leaves.max(left(pending));
    }

    /** What may still be filled under these terms; never negative. */
    Qty left(Terms these) {
        return these.qty().minus(cumQty).max(Qty.ZERO);
    }

    OrdStatus status() {
        return cumQty.isZero() ? OrdStatus.NEW : OrdStatus.PARTIALLY_FILLED;
    }

    OpenOrder withPending(@Nullable Terms asked) {
        return with(terms, asked, cumQty, avgPx);
    }

    OpenOrder withTerms(Terms changed) {
        return with(changed, pending, cumQty, avgPx);
    }

    OpenOrder filled(Qty cum, @Nullable Price average) {
        return with(terms, pending, cum, average);
    }

    private OpenOrder with(Terms now, @Nullable Terms asked, Qty cum, @Nullable Price average) {
        return new OpenOrder(
                id,
                strategy,
                instrument,
                side,
                ordType,
                tif,
                parentId,
                postOnly,
                reduceOnly,
                trailAmount,
                trailPercent,
                expireTs,
                now,
                asked,
                cum,
                average);
    }
}
