package papertape.common.value;

/** Direction of an order, or of the aggressor of a trade (FIX: Side). */
public enum Side {
    BUY,
    SELL;

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }
}
