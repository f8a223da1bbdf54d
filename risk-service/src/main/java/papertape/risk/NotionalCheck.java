package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/** The order's value, at the price it names or else the mark, is within the smallest and largest allowed. */
final class NotionalCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Money notional = order.notional();
        Money least = book.limits().minNotional();
        if (notional.compareTo(least) < 0) {
            return Denial.of(CheckName.NOTIONAL, "from " + least, notional);
        }
        Money most = book.limits().maxNotional();
        return notional.compareTo(most) > 0 ? Denial.of(CheckName.NOTIONAL, "to " + most, notional) : null;
    }
}
