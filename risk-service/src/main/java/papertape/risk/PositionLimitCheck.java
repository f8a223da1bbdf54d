package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/** Position and open orders of the order's side are worth at most so much of the equity. What adds nothing passes. */
final class PositionLimitCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Money with = book.exposure(order.instrument(), order.side(), order);
        BigDecimal percent = book.limits().maxPositionPercent();
        return Percent.isOver(with, percent, book.equity())
                        && with.compareTo(book.exposure(order.instrument(), order.side(), null)) > 0
                ? Denial.of(CheckName.POSITION_LIMIT, percent.toPlainString() + "%", Percent.of(with, book.equity()))
                : null;
    }
}
