package papertape.dashboard.api;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.config.Config;
import papertape.common.statistics.DailyReturn;
import papertape.common.statistics.EquityCurve;
import papertape.common.statistics.EquityPoint;
import papertape.common.statistics.ReturnStatistics;
import papertape.common.statistics.RoundTrip;
import papertape.common.statistics.RoundTrips;
import papertape.common.statistics.TradeStatistics;
import papertape.common.value.AccountId;
import papertape.common.value.Money;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;
import papertape.look.AccountHistory;
import papertape.look.History;

/** The tearsheet's figures of an account, by the same statistics as {@code papertape report}. */
public final class PerformanceApi {
    private static final int MAX_POINTS = 1_000;
    private static final int MAX_TRIPS = 5_000;

    /** @param ts microseconds @param fraction of the peak lost, 0 or negative */
    record DrawdownPoint(long ts, BigDecimal fraction) {}

    /** @param month as 2026-11 */
    record Month(String month, BigDecimal fraction, int days) {}

    record Day(String day, BigDecimal fraction) {}

    record Performance(
            String account,
            String currency,
            Money equity,
            Money profit,
            Money flows,
            BigDecimal maxDrawdown,
            ReturnStatistics returns,
            TradeStatistics trades,
            List<DrawdownPoint> drawdown,
            List<Month> months,
            List<Day> days,
            List<RoundTrip> trips) {}

    private final Config config;
    private final Connections connections;

    public PerformanceApi(Config config, Connections connections) {
        this.config = config;
        this.connections = connections;
    }

    public Answer performance(Request request) {
        AccountId account = AccountId.of(request.need("account"));
        return connections.with(bus -> Answer.of(of(AccountHistory.of(new History(bus, config), config, account))));
    }

    private Performance of(AccountHistory history) {
        EquityCurve curve = new EquityCurve(history.equity());
        List<DailyReturn> days = curve.dailyReturns();
        List<EquityPoint> points = curve.points();
        Money equity = points.isEmpty() ? Money.ZERO : points.getLast().equity();
        Money flows = points.stream().map(EquityPoint::flow).reduce(Money.ZERO, Money::plus);
        List<RoundTrip> trips = RoundTrips.of(history.fills());
        return new Performance(
                history.account().value(),
                history.currency(),
                equity,
                equity.minus(flows),
                flows,
                curve.maxDrawdown(),
                ReturnStatistics.of(
                        days.stream().map(DailyReturn::fraction).toList(),
                        config.pnl().annualisationDays()),
                TradeStatistics.of(history.fills(), curve.meanDailyEquity()),
                drawdown(curve),
                months(days),
                days.stream()
                        .map(day -> new Day(day.day().toString(), day.fraction()))
                        .toList(),
                trips.subList(Math.max(0, trips.size() - MAX_TRIPS), trips.size()));
    }

    /** Of each stretch of the curve its deepest point, so that no loss is hidden. */
    private static List<DrawdownPoint> drawdown(EquityCurve curve) {
        List<BigDecimal> all = curve.drawdowns();
        int stretch = Math.max(1, (all.size() + MAX_POINTS - 1) / MAX_POINTS);
        List<DrawdownPoint> points = new ArrayList<>();
        for (int from = 0; from < all.size(); from += stretch) {
            int deepest = from;
            for (int i = from; i < Math.min(all.size(), from + stretch); i++) {
                deepest = all.get(i).compareTo(all.get(deepest)) < 0 ? i : deepest;
            }
            points.add(new DrawdownPoint(curve.points().get(deepest).ts(), all.get(deepest)));
        }
        return points;
    }

    private static List<Month> months(List<DailyReturn> days) {
        Map<String, Month> months = new TreeMap<>();
        for (DailyReturn day : days) {
            String name = day.day().toString().substring(0, 7);
            months.merge(name, new Month(name, day.fraction(), 1), PerformanceApi::compounded);
        }
        return List.copyOf(months.values());
    }

    private static Month compounded(Month before, Month next) {
        BigDecimal growth = BigDecimal.ONE
                .add(before.fraction())
                .multiply(BigDecimal.ONE.add(next.fraction()), MathContext.DECIMAL64);
        return new Month(before.month(), growth.subtract(BigDecimal.ONE), before.days() + 1);
    }
}
