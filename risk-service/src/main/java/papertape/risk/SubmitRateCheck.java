package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An account sends at most so many new orders within one second of event time. */
final class SubmitRateCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        int most = book.limits().maxSubmitsPerSecond();
        return order.isReplace() || !book.submits().holds(most, order.ts())
                ? null
                : Denial.of(CheckName.SUBMIT_RATE, most + "/s", most + 1 + "/s");
    }
}
