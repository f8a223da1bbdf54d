package papertape.common.value;

/** What an execution report tells (FIX: ExecType). {@link #DENIED} is our pre-trade check's no, {@link #REJECTED} the venue's. */
public enum ExecType {
    NEW,
    TRADE,
    CANCELED,
    REPLACED,
    REJECTED,
    EXPIRED,
    DENIED,
    /** A stop's price was reached; the order works from now on (FIX: Triggered). */
    TRIGGERED,
    /** A cancel or replace was refused; the order itself is as it was (FIX: OrderCancelReject). */
    CANCEL_REJECTED
}
