package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/** The day's loss is below both limits; between the two, only orders that reduce a position pass. */
final class DailyLossCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Money base = book.watch().dayEquity();
        BigDecimal halt = book.limits().dailyLossHaltPercent();
        if (Percent.isLost(base, book.equity(), halt)) {
            return denial(halt, base, book);
        }
        BigDecimal reducing = book.limits().dailyLossReducingPercent();
        return Percent.isLost(base, book.equity(), reducing) && !book.isReduced(order)
                ? denial(reducing, base, book)
                : null;
    }

    private static Denial denial(BigDecimal percent, Money base, AccountBook book) {
        String lost = Percent.of(base.minus(book.equity()), base);
        return Denial.of(CheckName.DAILY_LOSS, percent.toPlainString() + "%", lost);
    }
}
