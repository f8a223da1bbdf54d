package papertape.common.message;

import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;

/** Asks for the end of an order (FIX: OrderCancelRequest). */
public record CancelOrder(Header header, OrderId orderId, AccountId account, Instrument instrument)
        implements OrderRequest {
    @Override
    public CancelOrder withHeader(Header other) {
        return new CancelOrder(other, orderId, account, instrument);
    }
}
