package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;
import papertape.common.value.Price;

/** A limit, and a take-profit, is not further from the mark than the account's collar or, where that is 0, the venue's. */
final class PriceCollarCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Denial denial = test(order.order().limitPx(), order, book);
        // an entry's replace leaves the exits as they are
        return denial != null || order.isReplace() ? denial : test(order.order().takeProfitPx(), order, book);
    }

    private static @Nullable Denial test(@Nullable Price limit, Candidate order, AccountBook book) {
        if (limit == null) {
            return null;
        }
        BigDecimal own = book.limits().collarPercent();
        BigDecimal percent = own.signum() == 0 ? order.knownListing().venue().collarPercent() : own;
        Money mark = new Money(order.knownMark().price().value());
        Money distance = new Money(limit.value()).minus(mark).abs();
        return Percent.isOver(distance, percent, mark.abs())
                ? Denial.of(CheckName.PRICE_COLLAR, percent.toPlainString() + "% of mark " + mark, limit)
                : null;
    }
}
