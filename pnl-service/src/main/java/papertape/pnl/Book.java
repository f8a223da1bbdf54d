package papertape.pnl;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/**
 * Saved state of an opened account beside its positions, in its base currency.
 *
 * @param flows deposits less withdrawals
 * @param peakEquity highest equity so far; moves with each deposit and withdrawal, which are no profit and no loss
 * @param reportedTs event time of the last report that marks caused
 * @param dueTs event time from which changed marks are to be reported; absent while none waits
 */
record Book(
        String currency,
        Money flows,
        Money peakEquity,
        @Nullable Long reportedTs,
        @Nullable Long dueTs) {
    static Book opened(String currency) {
        return new Book(currency, Money.ZERO, Money.ZERO, null, null);
    }

    Book withFlow(Money amount) {
        return new Book(currency, flows.plus(amount), peakEquity.plus(amount), reportedTs, dueTs);
    }

    Book withPeak(Money equity) {
        return new Book(currency, flows, equity, reportedTs, dueTs);
    }

    Book due(long ts) {
        return new Book(currency, flows, peakEquity, reportedTs, ts);
    }

    Book reported(long ts) {
        return new Book(currency, flows, peakEquity, ts, null);
    }
}
