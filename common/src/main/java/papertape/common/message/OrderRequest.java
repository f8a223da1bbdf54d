package papertape.common.message;

/** A command about an order: on {@code orders} as asked for, on {@code approved} after the pre-trade checks. */
public sealed interface OrderRequest extends Message, AboutOrder permits NewOrder, CancelOrder, ReplaceOrder {
    /** The same request under another header. */
    OrderRequest withHeader(Header other);
}
