package papertape.common.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.value.Money;

class EquityCurveTest {
    private static final long DAY = 86_400_000_000L;

    @Test
    void drawdownIsTheFractionLostFromThePeakSoFar() {
        assertThat(curve(point(0, "100", "100"), point(1, "120", "0"), point(2, "90", "0"), point(3, "130", "0"))
                        .drawdowns())
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("-0.25"), BigDecimal.ZERO);
    }

    @Test
    void withdrawalsAreNoDrawdown() {
        assertThat(curve(point(0, "100", "100"), point(1, "40", "-60")).maxDrawdown())
                .isEqualByComparingTo("0");
    }

    @Test
    void eachUtcDaysReturnStartsAtTheEndOfTheDayBefore() {
        EquityCurve curve =
                curve(point(0, "100", "100"), point(5, "90", "0"), point(DAY - 1, "110", "0"), point(DAY, "99", "0"));

        assertThat(curve.dailyReturns())
                .containsExactly(
                        new DailyReturn(LocalDate.of(1970, 1, 1), new BigDecimal("0.1")),
                        new DailyReturn(LocalDate.of(1970, 1, 2), new BigDecimal("-0.1")));
    }

    @Test
    void aDepositIsNoReturnAndDaysWithoutAPointDoNotCount() {
        EquityCurve curve = curve(point(0, "100", "100"), point(3 * DAY, "220", "100"));

        assertThat(curve.dailyReturns())
                .extracting(DailyReturn::fraction)
                .containsExactly(new BigDecimal("0"), new BigDecimal("0.1"));
        assertThat(curve.meanDailyEquity()).isEqualTo(Money.of("160"));
    }

    @Test
    void anEmptyCurveHasNoReturnsAndNoDrawdown() {
        assertThat(curve().dailyReturns()).isEmpty();
        assertThat(curve().maxDrawdown()).isEqualByComparingTo("0");
        assertThat(curve().meanDailyEquity()).isEqualTo(Money.ZERO);
    }

    private static EquityCurve curve(EquityPoint... points) {
        return new EquityCurve(List.of(points));
    }

    private static EquityPoint point(long ts, String equity, String flow) {
        return new EquityPoint(ts, Money.of(equity), Money.of(flow));
    }
}
