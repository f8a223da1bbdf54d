package papertape.risk;

/**
 * An account's trading state and why.
 *
 * @param reason in words
 */
record Standing(TradingState state, Cause cause, String reason) {
    enum Cause {
        NONE,
        BY_HAND,
        DAILY_LOSS,
        DRAWDOWN,
        /** Something impossible was seen; the books need a person's look. */
        FAULT
    }

    static final Standing ACTIVE = new Standing(TradingState.ACTIVE, Cause.NONE, "");

    boolean isHalted() {
        return state == TradingState.HALTED;
    }
}
