package papertape.dashboard.model;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/**
 * An account as the page shows it.
 *
 * @param state open, reducing or halted
 * @param reason why it is in that state; empty when open
 * @param dayPnl equity less what it was at the day's first report, deposits and withdrawals left out; UTC days of event time
 * @param since event time of its opening, microseconds
 */
public record AccountRow(
        String account,
        String type,
        String currency,
        String state,
        String reason,
        @Nullable Money equity,
        @Nullable Money cash,
        @Nullable Money dayPnl,
        @Nullable Money realized,
        @Nullable Money unrealized,
        @Nullable Money fees,
        @Nullable Money drawdown,
        long since,
        long ts) {}
