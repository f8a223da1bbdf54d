package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An account has at most so many open orders in one instrument. */
final class InstrumentOpenOrdersCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        int most = book.limits().maxOpenOrdersPerInstrument();
        int with = book.holding(order.instrument()).orders().size() + order.count();
        return order.isReplace() || with <= most ? null : Denial.of(CheckName.OPEN_ORDERS_PER_INSTRUMENT, most, with);
    }
}
