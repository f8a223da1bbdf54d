package papertape.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import papertape.common.config.VenueSettings;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * A venue's fees (rule 14): basis points of each fill's notional, or an amount a share for the order as a whole.
 * Exact to the decimals that a message carries ({@link Money#rounded}); what is beyond is cut off.
 */
final class Fees {
    private final BigDecimal makerRate;
    private final BigDecimal takerRate;
    private final BigDecimal perShare;
    private final Money minimum;
    private final BigDecimal maximumRate;

    Fees(VenueSettings venue) {
        this.makerRate = venue.makerBps().movePointLeft(4);
        this.takerRate = venue.takerBps().movePointLeft(4);
        this.perShare = venue.feePerShare();
        this.minimum = new Money(venue.feeMinimum());
        this.maximumRate = venue.feeMaximumPercent().movePointLeft(2);
    }

    /** Fee of the next fill of an order that has traded {@code before}. */
    Money of(Liquidity liquidity, Fills before, Qty qty, Price px) {
        Money notional = px.times(qty).abs();
        if (perShare.signum() != 0) {
            Fills after = before.plus(qty, px, Money.ZERO);
            return ofOrder(after).minus(before.fees());
        }
        BigDecimal rate = switch (liquidity) {
            case MAKER -> makerRate;
            case TAKER -> takerRate;
        };
        return notional.scaledBy(rate).rounded(RoundingMode.DOWN);
    }

    /** The minimum is the venue's last word: it stands even where it is more than the maximum share of a tiny order. */
    private Money ofOrder(Fills fills) {
        Money byShare = new Money(perShare.multiply(fills.cumQty().value()));
        Money most = fills.value().abs().scaledBy(maximumRate);
        return byShare.min(most).max(minimum).rounded(RoundingMode.DOWN);
    }
}
