package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An account has at most so many open orders. */
final class OpenOrdersCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, Market market) {
        int most = book.limits().maxOpenOrders();
        return order.isReplace() || book.open().size() < most
                ? null
                : Denial.of(CheckName.OPEN_ORDERS, most, book.open().size() + 1);
    }
}
