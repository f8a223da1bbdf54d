package papertape.risk;

import java.math.BigDecimal;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.VenueSettings;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** An instrument as its venue lists it. */
record Listing(InstrumentSettings settings, VenueSettings venue) {
    private static final int BPS_DIGITS = 4;
    private static final int PERCENT_DIGITS = 2;

    /** The most that filling this much at this price can cost in fees, in the quote currency; exact. */
    Money takerFee(Qty qty, Price px) {
        if (qty.isZero()) {
            return Money.ZERO;
        }
        Money notional = px.times(qty).abs();
        if (venue.feePerShare().signum() == 0) {
            return notional.scaledBy(venue.takerBps().movePointLeft(BPS_DIGITS));
        }
        BigDecimal most = venue.feeMaximumPercent().movePointLeft(PERCENT_DIGITS);
        return new Money(qty.value().multiply(venue.feePerShare()))
                .min(notional.scaledBy(most))
                .max(new Money(venue.feeMinimum()));
    }
}
