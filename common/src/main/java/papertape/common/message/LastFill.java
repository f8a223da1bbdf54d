package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Flat;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * The fill that an execution reports; {@link #NONE} when its execType is not trade.
 *
 * @param commission fee in the instrument's quote currency
 */
@Flat
public record LastFill(
        Qty lastQty,
        @Nullable Price lastPx,
        Money commission,
        @Nullable Liquidity liquidity) {
    public static final LastFill NONE = new LastFill(Qty.ZERO, null, Money.ZERO, null);
}
