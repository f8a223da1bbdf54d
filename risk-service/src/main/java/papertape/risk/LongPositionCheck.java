package papertape.risk;

import org.jspecify.annotations.Nullable;

/** A cash account sells at most what it is long, less its other open sells; exits are covered by their bracket's entry. */
final class LongPositionCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        return book.isMargin() ? null : ShortSale.test(CheckName.LONG_POSITION, order, book);
    }
}
