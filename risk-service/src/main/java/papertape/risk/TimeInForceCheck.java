package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.order.TermsRules;

/** The time in force goes with the type; GTD, and nothing else, names an end, and that is not past. */
final class TimeInForceCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        return Denial.of(TermsRules.timeInForce(order.order()));
    }
}
