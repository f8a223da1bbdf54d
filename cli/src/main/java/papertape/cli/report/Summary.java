package papertape.cli.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import papertape.common.message.Pnl;
import papertape.common.statistics.DailyReturn;
import papertape.common.statistics.EquityCurve;
import papertape.common.statistics.EquityPoint;
import papertape.common.statistics.ReturnStatistics;
import papertape.common.statistics.TradeStatistics;
import papertape.common.value.Money;

/** The figures of a tearsheet, in the account's currency. */
record Summary(
        Money equity,
        Money flows,
        Money realized,
        Money unrealized,
        BigDecimal maxDrawdown,
        ReturnStatistics returns,
        TradeStatistics trades,
        ReportData.Late late) {

    static Summary of(ReportData data, EquityCurve curve) {
        List<EquityPoint> points = curve.points();
        List<BigDecimal> returns =
                curve.dailyReturns().stream().map(DailyReturn::fraction).toList();
        return new Summary(
                points.isEmpty() ? Money.ZERO : points.getLast().equity(),
                sum(points, EquityPoint::flow),
                sum(data.positions(), Pnl::realized),
                sum(data.positions(), Pnl::unrealized),
                curve.maxDrawdown(),
                ReturnStatistics.of(returns, data.annualisationDays()),
                TradeStatistics.of(data.fills(), curve.meanDailyEquity()),
                data.late());
    }

    /** What the account made: all that deposits and withdrawals do not explain. */
    Money profit() {
        return equity.minus(flows);
    }

    private static <T> Money sum(List<T> all, Function<T, Money> amount) {
        return all.stream().map(amount).reduce(Money.ZERO, Money::plus);
    }
}
