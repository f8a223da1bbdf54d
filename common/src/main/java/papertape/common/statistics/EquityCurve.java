package papertape.common.statistics;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import papertape.common.value.Money;

/**
 * An account's equity over time. Deposits and withdrawals are neither profit nor loss: the peak moves with them, and a
 * day's return is measured against the money that was there, flows of the day counted as if they came at its start.
 */
public final class EquityCurve {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final List<EquityPoint> points;

    /** @param points in the order of their times */
    public EquityCurve(List<EquityPoint> points) {
        this.points = List.copyOf(points);
    }

    public List<EquityPoint> points() {
        return points;
    }

    /** For each point the fraction of the peak so far that is lost: 0 at the peak, -0.1 ten per cent below it. */
    public List<BigDecimal> drawdowns() {
        List<BigDecimal> result = new ArrayList<>(points.size());
        Money peak = Money.ZERO;
        for (EquityPoint point : points) {
            peak = peak.plus(point.flow()).max(point.equity());
            result.add(fraction(point.equity().minus(peak), peak));
        }
        return result;
    }

    /** The deepest of {@link #drawdowns()}; 0 where there is none. */
    public BigDecimal maxDrawdown() {
        return drawdowns().stream().min(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
    }

    /**
     * Returns by UTC day, of days that have a point: {@code end / (start + flows) - 1}. The first day starts at its first
     * point, each other one at the end of the day before it.
     */
    public List<DailyReturn> dailyReturns() {
        List<DailyReturn> result = new ArrayList<>();
        Money base = points.isEmpty() ? Money.ZERO : points.getFirst().equity();
        for (int i = 0; i < points.size(); i++) {
            EquityPoint point = points.get(i);
            if (i > 0) {
                base = base.plus(point.flow());
            }
            if (i == points.size() - 1 || day(points.get(i + 1)) != day(point)) {
                BigDecimal fraction = fraction(point.equity().minus(base), base);
                result.add(new DailyReturn(LocalDate.ofEpochDay(day(point)), fraction));
                base = point.equity();
            }
        }
        return result;
    }

    /** Mean of the equities at the days' ends; 0 without any. */
    public Money meanDailyEquity() {
        Money sum = Money.ZERO;
        int days = 0;
        for (int i = 0; i < points.size(); i++) {
            if (i == points.size() - 1 || day(points.get(i + 1)) != day(points.get(i))) {
                sum = sum.plus(points.get(i).equity());
                days++;
            }
        }
        return days == 0 ? sum : new Money(sum.value().divide(BigDecimal.valueOf(days), Money.AVERAGE));
    }

    private static long day(EquityPoint point) {
        return Math.floorDiv(point.ts(), MICROS_PER_DAY);
    }

    /** Nothing can be gained or lost on no money, nor measured on a debt. */
    private static BigDecimal fraction(Money part, Money whole) {
        return whole.signum() <= 0 ? BigDecimal.ZERO : part.value().divide(whole.value(), Money.AVERAGE);
    }
}
