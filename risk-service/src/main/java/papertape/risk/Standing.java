package papertape.risk;

/**
 * An account's trading state and why.
 *
 * @param day for a daily loss the day it holds for, in days since the epoch
 * @param reason in words
 */
record Standing(TradingState state, Cause cause, long day, String reason) {
    enum Cause {
        NONE,
        BY_HAND,
        DAILY_LOSS,
        DRAWDOWN,
        /** Something impossible was seen; the books need a person's look. */
        FAULT
    }

    static final Standing ACTIVE = new Standing(TradingState.ACTIVE, Cause.NONE, 0, "");

    boolean isHalted() {
        return state == TradingState.HALTED;
    }
}
