package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An account replaces at most so many orders within one second of event time. */
final class ModifyRateCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        int most = book.limits().maxModifiesPerSecond();
        return !order.isReplace() || !book.modifies().holds(most, order.ts())
                ? null
                : Denial.of(CheckName.MODIFY_RATE, most + "/s", most + 1 + "/s");
    }
}
