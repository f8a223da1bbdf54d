package papertape.common.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.common.value.Side.BUY;
import static papertape.common.value.Side.SELL;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

class TradeStatisticsTest {
    private static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");

    @Test
    void aRoundTripGoesFromFlatToFlat() {
        List<RoundTrip> trips = RoundTrips.of(
                List.of(fill(1, BUY, "1", "100", "1"), fill(2, BUY, "1", "110", "1"), fill(3, SELL, "2", "120", "2")));

        assertThat(trips)
                .containsExactly(new RoundTrip(
                        BTC, BUY, 1, 3, Qty.of("2"), Price.of("105"), Price.of("120"), Money.of("26"), Money.of("4")));
    }

    @Test
    void aFillThroughZeroEndsOneRoundTripAndBeginsTheNextSharingItsFee() {
        List<RoundTrip> trips = RoundTrips.of(
                List.of(fill(1, BUY, "1", "100", "0"), fill(2, SELL, "4", "110", "4"), fill(3, BUY, "3", "100", "0")));

        assertThat(trips).extracting(RoundTrip::profit).containsExactly(Money.of("9"), Money.of("27"));
        assertThat(trips).extracting(RoundTrip::side).containsExactly(BUY, SELL);
    }

    @Test
    void hitRateProfitFactorExpectancyTurnoverAndFees() {
        TradeStatistics statistics = TradeStatistics.of(
                List.of(
                        fill(1, BUY, "1", "100", "1"),
                        fill(2, SELL, "1", "111", "1"),
                        fill(3, BUY, "1", "100", "1"),
                        fill(4, SELL, "1", "99", "1"),
                        fill(5, BUY, "1", "90", "1")),
                Money.of("1000"));

        assertThat(statistics)
                .isEqualTo(new TradeStatistics(
                        5,
                        2,
                        new BigDecimal("0.5"),
                        new BigDecimal("3"),
                        Money.of("3"),
                        Money.of("500"),
                        new BigDecimal("0.5"),
                        Money.of("5")));
    }

    @Test
    void withoutTradesThereIsNothingToTell() {
        TradeStatistics statistics = TradeStatistics.of(List.of(), Money.ZERO);

        assertThat(statistics.hitRate()).isNull();
        assertThat(statistics.profitFactor()).isNull();
        assertThat(statistics.turnoverRatio()).isNull();
        assertThat(statistics.fees()).isEqualTo(Money.ZERO);
    }

    @Test
    void amountsAreInTheAccountsCurrency() {
        Fill fill = new Fill(1, BTC, BUY, Qty.of("2"), Price.of("10"), Money.of("1"), new BigDecimal("1.5"));

        assertThat(TradeStatistics.of(List.of(fill), Money.ZERO).turnover()).isEqualTo(Money.of("30"));
        assertThat(TradeStatistics.of(List.of(fill), Money.ZERO).fees()).isEqualTo(Money.of("1.5"));
    }

    private static Fill fill(long ts, Side side, String qty, String px, String fee) {
        return new Fill(ts, BTC, side, Qty.of(qty), Price.of(px), Money.of(fee), BigDecimal.ONE);
    }
}
