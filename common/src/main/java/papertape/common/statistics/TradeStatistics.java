package papertape.common.statistics;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;

/**
 * Statistics of fills and round trips, in the account's currency, profits after fees.
 *
 * @param fills number of fills
 * @param roundTrips number of positions that were opened and closed
 * @param hitRate round trips that won over all; absent without any
 * @param profitFactor sum of the profits over sum of the losses; absent without a loss
 * @param expectancy mean profit of a round trip; absent without any
 * @param turnover sum of all fills' notionals
 * @param turnoverRatio turnover over mean daily equity; absent without equity
 * @param fees of all fills, open positions' included
 */
public record TradeStatistics(
        int fills,
        int roundTrips,
        @Nullable BigDecimal hitRate,
        @Nullable BigDecimal profitFactor,
        @Nullable Money expectancy,
        Money turnover,
        @Nullable BigDecimal turnoverRatio,
        Money fees) {

    public static TradeStatistics of(List<Fill> fills, Money meanDailyEquity) {
        List<RoundTrip> trips = RoundTrips.of(fills);
        BigDecimal won = BigDecimal.valueOf(
                trips.stream().filter(trip -> trip.profit().signum() > 0).count());
        Money profits =
                sum(trips.stream().map(trip -> trip.profit().max(Money.ZERO)).toList());
        Money losses =
                sum(trips.stream().map(trip -> trip.profit().min(Money.ZERO)).toList());
        BigDecimal number = BigDecimal.valueOf(trips.size());
        Money turnover = sum(fills.stream().map(Fill::notional).toList());
        BigDecimal expectancy = ratio(profits.plus(losses).value(), number);
        return new TradeStatistics(
                fills.size(),
                trips.size(),
                ratio(won, number),
                ratio(profits.value(), losses.negated().value()),
                expectancy == null ? null : new Money(expectancy),
                turnover,
                ratio(turnover.value(), meanDailyEquity.value()),
                sum(fills.stream().map(fill -> fill.fee().scaledBy(fill.rate())).toList()));
    }

    private static Money sum(List<Money> amounts) {
        return amounts.stream().reduce(Money.ZERO, Money::plus);
    }

    private static @Nullable BigDecimal ratio(BigDecimal part, BigDecimal whole) {
        return whole.signum() <= 0 ? null : part.divide(whole, Money.AVERAGE);
    }
}
