package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An account has at most so many open orders, a bracket's exits included. */
final class OpenOrdersCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        int most = book.limits().maxOpenOrders();
        int with = book.open().size() + order.count();
        return order.isReplace() || with <= most ? null : Denial.of(CheckName.OPEN_ORDERS, most, with);
    }
}
