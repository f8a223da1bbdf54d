package papertape.persistence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Qty;

/**
 * What the database knows of an account, added up from its events and fills alone, and beside it what the profit and loss
 * stage last reported. With a mark for each instrument whose position is not flat:
 * {@code equity = deposits - withdrawals + sum(cashFlow + position x mark - fees)}, each in the account's currency.
 *
 * @param currency the account's base currency; absent when its opening is not in the database
 * @param deposits the first one, made at the opening, included
 * @param reported absent when none was stored
 */
public record AccountLedger(
        AccountId account,
        @Nullable String currency,
        Money deposits,
        Money withdrawals,
        List<Holding> holdings,
        @Nullable Reported reported) {
    /**
     * All fills of one instrument, in its quote currency.
     *
     * @param position bought less sold
     * @param cashFlow received for what was sold less paid for what was bought; fees not included
     */
    public record Holding(Instrument instrument, long fills, Qty position, Money cashFlow, Money fees) {}

    /**
     * The whole account as last reported.
     *
     * @param ts microseconds since the epoch
     * @param equity absent when the report had none, as are cash and drawdown
     */
    public record Reported(
            long ts,
            Money realized,
            Money unrealized,
            Money fees,
            @Nullable Money cash,
            @Nullable Money equity) {
        /** {@code deposits - withdrawals + realized - fees + unrealized}: must be the equity. */
        public Money expectedEquity(Money deposits, Money withdrawals) {
            return deposits.minus(withdrawals).plus(realized).minus(fees).plus(unrealized);
        }
    }
}
