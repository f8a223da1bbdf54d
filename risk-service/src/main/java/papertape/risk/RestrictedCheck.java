package papertape.risk;

import org.jspecify.annotations.Nullable;

/** The instrument is not on the account's restricted list, whose entries may hold {@code *}. */
final class RestrictedCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        for (String pattern : book.limits().restricted()) {
            if (Wildcard.matches(pattern, order.instrument().name())) {
                return Denial.of(CheckName.RESTRICTED, pattern, order.instrument());
            }
        }
        return null;
    }
}
