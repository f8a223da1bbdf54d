package papertape.risk;

import org.jspecify.annotations.Nullable;

/** The same instrument, side, type, quantity and prices come at most so often within one second of event time. */
final class RepeatedOrderCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        int most = book.limits().maxRepeats();
        if (order.isReplace() || book.submits().repeats(order.repeatKey(), order.ts()) < most) {
            return null;
        }
        return Denial.of(CheckName.REPEATED_ORDER, most, most + 1);
    }
}
