package papertape.risk;

/** What an account may do. */
enum TradingState {
    ACTIVE,
    /** Only orders that reduce a position. */
    REDUCING,
    /** Only cancels. */
    HALTED
}
