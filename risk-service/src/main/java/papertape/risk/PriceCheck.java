package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.order.TermsRules;

/** Every price that the order names is above zero and on the instrument's tick. */
final class PriceCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        return Denial.of(
                TermsRules.price(order.order(), order.knownListing().settings().tick()));
    }
}
