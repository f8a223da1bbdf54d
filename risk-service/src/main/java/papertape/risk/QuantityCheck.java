package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.order.TermsRules;

/** The quantity is above zero, on the lot, and within the instrument's smallest and largest order. */
final class QuantityCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Denial denial = Denial.of(
                TermsRules.quantity(order.order(), order.knownListing().settings()));
        if (denial != null) {
            return denial;
        }
        // a replace to what is filled already would be a cancel in disguise
        OpenOrder replaced = order.replaced();
        return replaced == null || order.leaves().isPositive()
                ? null
                : Denial.of(
                        CheckName.QUANTITY,
                        "above filled " + replaced.cumQty(),
                        order.order().qty());
    }
}
