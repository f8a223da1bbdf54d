package papertape.common.statistics;

import java.math.BigDecimal;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * One fill of an account.
 *
 * @param ts event time in microseconds since the epoch, UTC
 * @param fee in the quote currency
 * @param rate what one unit of the quote currency is worth in the account's
 */
public record Fill(long ts, Instrument instrument, Side side, Qty qty, Price px, Money fee, BigDecimal rate) {
    /** In the account's currency. */
    public Money notional() {
        return px.times(qty).scaledBy(rate);
    }
}
