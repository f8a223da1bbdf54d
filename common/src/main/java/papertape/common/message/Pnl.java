package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Average;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * Position and profit, of one instrument of an account or, where {@code instrument} is absent, of the whole account.
 * Amounts are in the account's base currency; prices in the instrument's quote currency.
 *
 * @param position signed quantity; absent for the whole account
 * @param avgPx average entry price; absent when flat or for the whole account
 * @param mark price the position was valued at; absent while none is known
 * @param realized profit of closed quantity, before fees
 * @param unrealized at the mark
 * @param cash absent for one instrument, as are equity and what follows
 * @param peakEquity highest equity so far; deposits and withdrawals move it by as much
 * @param drawdown fraction of the peak equity lost since, 0 at the peak
 * @param unmarked true when a position has no mark and so is valued at what it cost
 */
public record Pnl(
        Header header,
        AccountId account,
        @Nullable Instrument instrument,
        @Nullable Qty position,
        @Average @Nullable Price avgPx,
        @Nullable Price mark,
        Money realized,
        Money unrealized,
        Money fees,
        @Nullable Money cash,
        @Nullable Money equity,
        @Nullable Money peakEquity,
        @Nullable Money drawdown,
        boolean unmarked)
        implements Message {}
