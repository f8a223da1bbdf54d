package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.value.OrdType;

/** A market order is checked against a price that the feed has confirmed a short time ago, whether it changed or not. */
final class FreshQuoteCheck implements Check {
    private static final long MICROS_PER_MS = 1_000;

    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        long most = book.limits().quoteMaxAgeMs();
        return order.order().ordType() == OrdType.MARKET && order.markAge() > most * MICROS_PER_MS
                ? Denial.of(CheckName.FRESH_QUOTE, most + "ms", order.markAge() / MICROS_PER_MS + "ms")
                : null;
    }
}
