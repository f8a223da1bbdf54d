package papertape.risk;

import org.jspecify.annotations.Nullable;

/** The feed has confirmed the instrument's price within its limit of silence. Gaps are refused by execution. */
final class FeedStaleCheck implements Check {
    private static final long MICROS_PER_MS = 1_000;

    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        return order.markAge() > market.staleMicros()
                ? Denial.of(
                        CheckName.FEED_STALE,
                        market.staleMicros() / MICROS_PER_MS + "ms",
                        order.markAge() / MICROS_PER_MS + "ms")
                : null;
    }
}
