package papertape.common.value;

/** How long an order works (FIX: TimeInForce). */
public enum TimeInForce {
    GTC,
    DAY,
    IOC,
    FOK,
    GTD
}
