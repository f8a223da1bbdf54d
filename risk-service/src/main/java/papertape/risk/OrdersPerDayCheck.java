package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An account has at most so many orders approved on one UTC day of event time. */
final class OrdersPerDayCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        int most = book.limits().maxOrdersPerDay();
        long approved = book.counts().approvedOn(Days.of(market.time().at(order.ts())));
        return order.isReplace() || approved < most ? null : Denial.of(CheckName.ORDERS_PER_DAY, most, approved + 1);
    }
}
