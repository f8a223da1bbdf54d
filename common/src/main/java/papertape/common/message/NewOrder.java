package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.FieldOrder;
import papertape.common.value.Price;
import papertape.common.value.Qty;

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
@FieldOrder({
    "id",
    "ts",
    "cause",
    "origin", //
    "orderId",
    "account",
    "strategy",
    "instrument", //
    "side",
    "ordType",
    "qty",
    "limitPx",
    "stopPx",
    "trailAmount",
    "trailPercent",
    "tif",
    "expireTs", //
    "postOnly",
    "reduceOnly",
    "parentId",
    "takeProfitPx",
    "stopLossPx"
})
public record NewOrder(Header header, Order order) implements OrderRequest, OrderFields {
    @Override
    public NewOrder withHeader(Header other) {
        return new NewOrder(other, order);
    }

    public NewOrder withQty(Qty other) {
        return new NewOrder(header, order.withQty(other));
    }

    /** The order as a replace makes it; an absent value stays as it is. */
    public NewOrder replaced(@Nullable Qty newQty, @Nullable Price newLimitPx, @Nullable Price newStopPx) {
        return new NewOrder(header, order.withTerms(order.terms().replaced(newQty, newLimitPx, newStopPx)));
    }

    /** The order as the entry of a bracket; null for an exit that it does not have. */
    public NewOrder withExits(@Nullable Price takeProfit, @Nullable Price stopLoss) {
        return new NewOrder(header, order.withExits(takeProfit, stopLoss));
    }
}
