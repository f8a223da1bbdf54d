package papertape.risk;

import org.jspecify.annotations.Nullable;

/** The account, and the stack as a whole, is active; while reducing, only orders that reduce a position pass. */
final class TradingStateCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        String everywhere = book.globalHaltReason();
        if (everywhere != null) {
            return Denial.of(CheckName.TRADING_STATE, "active", "halted (all accounts: " + everywhere + ")");
        }
        Standing standing = book.standing();
        return switch (standing.state()) {
            case ACTIVE -> null;
            case REDUCING ->
                book.isReduced(order)
                        ? null
                        : Denial.of(CheckName.TRADING_STATE, "reduces", "reducing (" + standing.reason() + ")");
            case HALTED -> Denial.of(CheckName.TRADING_STATE, "active", "halted (" + standing.reason() + ")");
        };
    }
}
