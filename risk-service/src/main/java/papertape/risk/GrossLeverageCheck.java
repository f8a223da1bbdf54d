package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/** All positions and open orders are worth at most so many times the equity. What adds nothing passes. */
final class GrossLeverageCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Money before = book.exposure(order.instrument(), null);
        Money after = book.exposure(order.instrument(), order);
        if (after.compareTo(before) <= 0) {
            return null;
        }
        Money gross = book.grossExposure().minus(before).plus(after);
        BigDecimal most = factor(book);
        return gross.compareTo(book.equity().scaledBy(most)) > 0
                ? Denial.of(CheckName.GROSS_LEVERAGE, most.toPlainString(), Percent.ratio(gross, book.equity()))
                : null;
    }

    /** The most that exposure may be of the equity. */
    static BigDecimal factor(AccountBook book) {
        BigDecimal set = book.limits().maxLeverage();
        if (set.signum() != 0) {
            return set;
        }
        return book.isMargin() ? BigDecimal.TWO : BigDecimal.ONE;
    }
}
