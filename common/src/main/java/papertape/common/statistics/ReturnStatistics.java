package papertape.common.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of daily returns. The risk-free rate and the target return are 0. Deviations are those of a sample (divided
 * by n - 1) and are annualised by the square root of the trading days a year; the ratios alike.
 *
 * @param days number of returns
 * @param totalReturn all returns compounded
 * @param maxDrawdown deepest loss from the peak at days' ends, 0 or negative
 * @param volatility annualised deviation; absent for fewer than two days
 * @param sharpe annualised mean over deviation; absent for fewer than two days or without any deviation
 * @param sortino annualised mean over downside deviation (root of the sum of squared losses over n - 1); absent for fewer
 *     than two days or without a losing one
 * @param annualisationDays trading days a year that were assumed
 */
public record ReturnStatistics(
        int days,
        BigDecimal totalReturn,
        BigDecimal maxDrawdown,
        @Nullable BigDecimal volatility,
        @Nullable BigDecimal sharpe,
        @Nullable BigDecimal sortino,
        BigDecimal annualisationDays) {
    private static final MathContext DIGITS = MathContext.DECIMAL64;

    public static ReturnStatistics of(List<BigDecimal> returns, BigDecimal annualisationDays) {
        BigDecimal growth = BigDecimal.ONE;
        BigDecimal peak = BigDecimal.ONE;
        BigDecimal deepest = BigDecimal.ZERO;
        for (BigDecimal fraction : returns) {
            growth = growth.multiply(BigDecimal.ONE.add(fraction), MathContext.DECIMAL128);
            peak = peak.max(growth);
            deepest = deepest.min(growth.subtract(peak).divide(peak, DIGITS));
        }
        BigDecimal year = annualisationDays.sqrt(DIGITS);
        BigDecimal mean = mean(returns);
        BigDecimal deviation = deviation(returns, mean);
        BigDecimal downside =
                deviation(returns.stream().map(BigDecimal.ZERO::min).toList(), BigDecimal.ZERO);
        return new ReturnStatistics(
                returns.size(),
                growth.subtract(BigDecimal.ONE),
                deepest,
                deviation == null ? null : deviation.multiply(year, DIGITS),
                ratio(mean, deviation, year),
                ratio(mean, downside, year),
                annualisationDays);
    }

    private static BigDecimal mean(List<BigDecimal> values) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return values.isEmpty() ? sum : sum.divide(BigDecimal.valueOf(values.size()), DIGITS);
    }

    private static @Nullable BigDecimal deviation(List<BigDecimal> values, BigDecimal from) {
        if (values.size() < 2) {
            return null;
        }
        BigDecimal squares = BigDecimal.ZERO;
        for (BigDecimal value : values) {
            squares = squares.add(value.subtract(from).pow(2));
        }
        return squares.divide(BigDecimal.valueOf(values.size() - 1), DIGITS).sqrt(DIGITS);
    }

    private static @Nullable BigDecimal ratio(BigDecimal mean, @Nullable BigDecimal deviation, BigDecimal year) {
        return deviation == null || deviation.signum() == 0
                ? null
                : mean.divide(deviation, DIGITS).multiply(year, DIGITS);
    }
}
