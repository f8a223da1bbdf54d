package papertape.common.value;

/** What may be asked of an account; an {@code account} message with an action is a command and may be refused. */
public enum AccountAction {
    OPEN,
    DEPOSIT,
    WITHDRAW,
    SET_LIMITS,
    HALT,
    RESUME
}
