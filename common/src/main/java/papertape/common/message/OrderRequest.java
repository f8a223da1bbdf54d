package papertape.common.message;

import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;

/** A command about an order: on {@code orders} as asked for, on {@code approved} once the pre-trade checks let it pass. */
public sealed interface OrderRequest extends Message permits NewOrder, CancelOrder, ReplaceOrder {
    OrderId orderId();

    AccountId account();

    Instrument instrument();

    /** The same request under another header. */
    OrderRequest withHeader(Header other);
}
