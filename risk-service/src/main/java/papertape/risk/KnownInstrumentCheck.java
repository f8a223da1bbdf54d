package papertape.risk;

import org.jspecify.annotations.Nullable;

/** The instrument is listed in the configuration and has had a price. */
final class KnownInstrumentCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        if (order.listing() == null) {
            return Denial.of(CheckName.KNOWN_INSTRUMENT, "listed", "unknown " + order.instrument());
        }
        return order.mark() == null ? Denial.of(CheckName.KNOWN_INSTRUMENT, "a price", "none") : null;
    }
}
