package papertape.common.value;

/** How an order finds its price (FIX: OrdType). */
public enum OrdType {
    MARKET,
    LIMIT,
    STOP,
    STOP_LIMIT,
    TRAILING_STOP
}
