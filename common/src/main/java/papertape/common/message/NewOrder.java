package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.FieldOrder;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** An order (FIX: NewOrderSingle). One that is sent with a {@code parentId} of its own is refused. */
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
