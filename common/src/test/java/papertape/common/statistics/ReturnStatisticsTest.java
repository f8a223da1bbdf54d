package papertape.common.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReturnStatisticsTest {
    private static final BigDecimal YEAR = new BigDecimal("252");

    @Test
    void totalReturnAndDrawdownReproduceTheWorkedExample() {
        ReturnStatistics statistics = of("0.01", "0.10", "-0.04", "0.02", "0.03", "0.02", "0.01", "-0.10");

        assertThat(statistics.totalReturn().setScale(8, RoundingMode.HALF_EVEN)).isEqualByComparingTo("0.03893109");
        assertThat(statistics.maxDrawdown()).isEqualByComparingTo("-0.1");
        assertThat(statistics.days()).isEqualTo(8);
    }

    @Test
    void deviationsAreOfASampleAndAnnualisedByTheRootOfTheDays() {
        // mean 0.01; squared differences 0.0004 and 0.0004, over 1: deviation 0.02828427; losses: 0.0001 over 1: 0.01
        ReturnStatistics statistics = of("0.03", "-0.01");

        assertThat(statistics.volatility())
                .isEqualByComparingTo(root("0.0008").multiply(root("252")).round(digits()));
        assertThat(statistics.sharpe().doubleValue()).isCloseTo(0.01 / Math.sqrt(0.0008) * Math.sqrt(252), within());
        assertThat(statistics.sortino().doubleValue()).isCloseTo(Math.sqrt(252), within());
    }

    @Test
    void whatTooFewDaysCannotTellIsAbsent() {
        assertThat(of().totalReturn()).isEqualByComparingTo("0");
        assertThat(of().volatility()).isNull();
        assertThat(of("0.01").sharpe()).isNull();
        assertThat(of("0.01", "0.01").sharpe()).isNull();
        assertThat(of("0.01", "0.02").sortino()).isNull();
    }

    @Test
    void aLossBeforeAnyGainIsADrawdown() {
        assertThat(of("-0.2", "0.1").maxDrawdown()).isEqualByComparingTo("-0.2");
    }

    private static ReturnStatistics of(String... returns) {
        List<BigDecimal> fractions = Stream.of(returns).map(BigDecimal::new).toList();
        return ReturnStatistics.of(fractions, YEAR);
    }

    private static BigDecimal root(String value) {
        return new BigDecimal(value).sqrt(digits());
    }

    private static MathContext digits() {
        return MathContext.DECIMAL64;
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-12);
    }
}
