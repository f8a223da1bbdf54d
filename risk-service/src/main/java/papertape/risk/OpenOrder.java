package papertape.risk;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Header;
import papertape.common.message.NewOrder;
import papertape.common.value.AccountId;
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

    /** The order as it stands, with the prices of its exits. */
    NewOrder asOrder(Header header, AccountId account, Holding holding) {
        NewOrder order = new NewOrder(
                header,
                id,
                account,
                strategy,
                instrument,
                side,
                ordType,
                terms.qty(),
                terms.limitPx(),
                // where a trailing stop stands is what execution reports, not what was asked for
                ordType == OrdType.TRAILING_STOP ? null : terms.stopPx(),
                trailAmount,
                trailPercent,
                tif,
                expireTs,
                postOnly,
                reduceOnly,
                parentId);
        Price takeProfit = null;
        Price stopLoss = null;
        for (OpenOrder exit : holding.exitsOf(id)) {
            Terms asked = exit.pending == null ? exit.terms : exit.pending;
            takeProfit = exit.ordType == OrdType.LIMIT ? asked.limitPx() : takeProfit;
            stopLoss = exit.ordType == OrdType.STOP ? asked.stopPx() : stopLoss;
        }
        return order.withExits(takeProfit, stopLoss);
    }

    /** An exit after its entry's quantity is final; a replace of its price may be under way. */
    OpenOrder sized(Qty filled) {
        Terms now = terms.withQty(filled);
        boolean isAsked = pending != null
                && !(Objects.equals(pending.limitPx(), terms.limitPx())
                        && Objects.equals(pending.stopPx(), terms.stopPx()));
        return with(now, isAsked ? pending.withQty(filled) : null, cumQty, avgPx);
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
