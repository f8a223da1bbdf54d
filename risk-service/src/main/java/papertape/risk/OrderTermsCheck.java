package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.order.TermsRules;
import papertape.common.value.Price;

/** The prices and options that an order names are those of its type; a trail is shorter than the price. */
final class OrderTermsCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Denial denial = Denial.of(TermsRules.terms(order.order()));
        if (denial != null) {
            return denial;
        }
        Price trail = order.order().trailAmount();
        Price mark = order.knownMark().price();
        return trail == null || order.isReplace() || trail.isBelow(mark)
                ? null
                : Denial.of(CheckName.ORDER_TERMS, "trailAmount below mark " + mark, trail);
    }
}
