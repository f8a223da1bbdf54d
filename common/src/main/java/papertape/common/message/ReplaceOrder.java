package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Asks for other terms of an order (FIX: OrderCancelReplaceRequest); what is absent stays as it is. */
public record ReplaceOrder(
        Header header,
        OrderId orderId,
        AccountId account,
        Instrument instrument,
        @Nullable Qty qty,
        @Nullable Price limitPx,
        @Nullable Price stopPx)
        implements OrderRequest {
    @Override
    public ReplaceOrder withHeader(Header other) {
        return new ReplaceOrder(other, orderId, account, instrument, qty, limitPx, stopPx);
    }
}
