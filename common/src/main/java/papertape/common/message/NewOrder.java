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
 * @param parentId for the exits of a bracket: the entry, upon whose complete fill they go live; exits of one parent
 *     cancel each other
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
        @Nullable OrderId parentId)
        implements OrderRequest {
    @Override
    public NewOrder withHeader(Header other) {
        return new NewOrder(
                other,
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
                parentId);
    }
}
