package papertape.common.message;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
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
 * An order (FIX: NewOrderSingle).
 *
 * @param orderId the sender's id, unique within the account for ever (FIX: ClOrdID)
 * @param strategy absent for an order placed by hand
 * @param limitPx for limit and stop-limit orders only
 * @param stopPx for stop and stop-limit orders only
 * @param trailAmount for trailing stops: distance from the best price seen
 * @param trailPercent for trailing stops: distance in percent of the best price seen
 * @param expireTs for GTD only: microseconds since the epoch
 * @param parentId of a bracket's exits, which the entry brings along: the entry. An order that is sent with one is refused
 * @param takeProfitPx makes the order a bracket's entry: limit of the exit with a profit, which lives once the entry is
 *     final, for the quantity that it has filled
 * @param stopLossPx as takeProfitPx: stop of the exit with a loss; the exits shrink and cancel each other
 */
public record NewOrder(
        Header header,
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
        @Nullable Long expireTs,
        boolean postOnly,
        boolean reduceOnly,
        @Nullable OrderId parentId,
        @Nullable Price takeProfitPx,
        @Nullable Price stopLossPx)
        implements OrderRequest, OrderTerms {

    /** An order that is no bracket's entry. */
    public NewOrder(
            Header header,
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
            @Nullable Long expireTs,
            boolean postOnly,
            boolean reduceOnly,
            @Nullable OrderId parentId) {
        this(
                header,
                orderId,
                account,
                strategy,
                instrument,
                side,
                ordType,
                qty,
                limitPx,
                stopPx,
                trailAmount,
                trailPercent,
                tif,
                expireTs,
                postOnly,
                reduceOnly,
                parentId,
                null,
                null);
    }

    @Override
    public NewOrder withHeader(Header other) {
        return with(other, qty, takeProfitPx, stopLossPx);
    }

    public NewOrder withQty(Qty other) {
        return with(header, other, takeProfitPx, stopLossPx);
    }

    /** The order as a replace makes it; what is absent stays. */
    public NewOrder replaced(@Nullable Qty newQty, @Nullable Price newLimitPx, @Nullable Price newStopPx) {
        return new NewOrder(
                header,
                orderId,
                account,
                strategy,
                instrument,
                side,
                ordType,
                newQty == null ? qty : newQty,
                newLimitPx == null ? limitPx : newLimitPx,
                newStopPx == null ? stopPx : newStopPx,
                trailAmount,
                trailPercent,
                tif,
                expireTs,
                postOnly,
                reduceOnly,
                parentId,
                takeProfitPx,
                stopLossPx);
    }

    /** The order as the entry of a bracket; null for an exit that there is none of. */
    public NewOrder withExits(@Nullable Price takeProfit, @Nullable Price stopLoss) {
        return with(header, qty, takeProfit, stopLoss);
    }

    private NewOrder with(Header head, Qty size, @Nullable Price takeProfit, @Nullable Price stopLoss) {
        return new NewOrder(
                head,
                orderId,
                account,
                strategy,
                instrument,
                side,
                ordType,
                size,
                limitPx,
                stopPx,
                trailAmount,
                trailPercent,
                tif,
                expireTs,
                postOnly,
                reduceOnly,
                parentId,
                takeProfit,
                stopLoss);
    }
}
