package papertape.risk;

import org.jspecify.annotations.Nullable;

/** Amounts in the instrument's quote currency can be converted to the account's. */
final class CurrencyCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        if (order.rate() != null) {
            return null;
        }
        String quote = order.knownListing().settings().quote();
        return Denial.of(CheckName.CURRENCY, book.currency(), "no rate " + quote + "/" + book.currency());
    }
}
