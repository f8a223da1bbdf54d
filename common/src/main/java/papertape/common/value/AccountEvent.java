package papertape.common.value;

/** What happened to an account; an {@code account} message with an event is a fact. */
public enum AccountEvent {
    OPENED,
    DEPOSITED,
    WITHDRAWN,
    LIMITS_SET,
    /** Only orders that reduce positions are accepted. */
    REDUCING,
    HALTED,
    RESUMED,
    REFUSED
}
