package papertape.common.message;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Flat;
import papertape.common.value.Price;

/**
 * The terms of an order that most orders do not use and that its executions do not repeat.
 *
 * @param trailAmount for trailing stops: distance from the best price seen
 * @param trailPercent for trailing stops: distance in percent of the best price seen
 * @param expireTs for GTD only: microseconds since the epoch
 * @param takeProfitPx makes the order a bracket's entry: limit of the exit with a profit, which lives once the entry is
 *     final, for the quantity that it has filled
 * @param stopLossPx as takeProfitPx: stop of the exit with a loss; the exits shrink and cancel each other
 */
@Flat
public record OrderOptions(
        @Nullable Price trailAmount,
        @Nullable BigDecimal trailPercent,
        @Nullable Long expireTs,
        boolean postOnly,
        boolean reduceOnly,
        @Nullable Price takeProfitPx,
        @Nullable Price stopLossPx) {
    public static final OrderOptions NONE = new OrderOptions(null, null, null, false, false, null, null);

    public OrderOptions withTrail(@Nullable Price amount, @Nullable BigDecimal percent) {
        return new OrderOptions(amount, percent, expireTs, postOnly, reduceOnly, takeProfitPx, stopLossPx);
    }

    public OrderOptions withExpireTs(@Nullable Long other) {
        return new OrderOptions(trailAmount, trailPercent, other, postOnly, reduceOnly, takeProfitPx, stopLossPx);
    }

    public OrderOptions withPostOnly(boolean other) {
        return new OrderOptions(trailAmount, trailPercent, expireTs, other, reduceOnly, takeProfitPx, stopLossPx);
    }

    public OrderOptions withReduceOnly(boolean other) {
        return new OrderOptions(trailAmount, trailPercent, expireTs, postOnly, other, takeProfitPx, stopLossPx);
    }

    /** The options of a bracket's entry; null for an exit that it does not have. */
    public OrderOptions withExits(@Nullable Price takeProfit, @Nullable Price stopLoss) {
        return new OrderOptions(trailAmount, trailPercent, expireTs, postOnly, reduceOnly, takeProfit, stopLoss);
    }
}
