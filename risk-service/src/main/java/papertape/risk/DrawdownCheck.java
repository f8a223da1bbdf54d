package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/** Equity has not fallen from its peak by the limit. */
final class DrawdownCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Money peak = book.watch().peakEquity();
        BigDecimal most = book.limits().maxDrawdownPercent();
        return Percent.isLost(peak, book.equity(), most)
                ? Denial.of(CheckName.DRAWDOWN, most.toPlainString() + "%", Percent.of(peak.minus(book.equity()), peak))
                : null;
    }
}
