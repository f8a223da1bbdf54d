package papertape.risk;

import org.jspecify.annotations.Nullable;

/** As {@link LongPositionCheck}, for margin accounts that are set to hold no short positions. */
final class LongOnlyCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        return book.limits().longOnly() ? ShortSale.test(CheckName.LONG_ONLY, order, book) : null;
    }
}
