package papertape.cli.report;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Pnl;
import papertape.common.statistics.ReturnStatistics;
import papertape.common.statistics.RoundTrip;
import papertape.common.statistics.TradeStatistics;
import papertape.common.value.Money;
import papertape.common.value.Side;

/** The tearsheet's tables and headline figures as HTML. */
final class Tables {
    /** Of the round trips the latest are listed; the statistics count all. */
    static final int MAX_TRIPS = 500;

    private final StringBuilder html = new StringBuilder();

    static String headlines(Summary summary) {
        Tables tables = new Tables();
        tables.tile("Equity", Figures.money(summary.equity()), 0);
        tables.tile(
                "Net profit", Figures.money(summary.profit()), summary.profit().signum());
        tables.tile(
                "Total return",
                Figures.percent(summary.returns().totalReturn()),
                summary.returns().totalReturn().signum());
        tables.tile(
                "Max drawdown",
                Figures.percent(summary.maxDrawdown()),
                summary.maxDrawdown().signum());
        tables.tile("Sharpe", Figures.ratio(summary.returns().sharpe()), 0);
        tables.tile("Fees", Figures.money(summary.trades().fees()), 0);
        return tables.html.toString();
    }

    static String statistics(Summary summary) {
        ReturnStatistics returns = summary.returns();
        TradeStatistics trades = summary.trades();
        String year = "annualised by \u221a" + Figures.plain(returns.annualisationDays());
        Tables tables = new Tables();
        tables.fact("Deposits less withdrawals", Figures.money(summary.flows()), "");
        tables.fact("Realized", Figures.money(summary.realized()), "before fees");
        tables.fact("Unrealized", Figures.money(summary.unrealized()), "at the latest marks");
        tables.fact("Fees", Figures.money(trades.fees()), "");
        tables.fact("Days with data", String.valueOf(returns.days()), "UTC");
        tables.fact("Max drawdown at days\u2019 ends", Figures.percent(returns.maxDrawdown()), "");
        tables.fact("Volatility", Figures.percent(returns.volatility()), "sample deviation, " + year);
        tables.fact("Sharpe", Figures.ratio(returns.sharpe()), "risk-free rate 0, " + year);
        tables.fact("Sortino", Figures.ratio(returns.sortino()), "target 0, " + year);
        tables.fact("Fills", Figures.plain(BigDecimal.valueOf(trades.fills())), "");
        ReportData.Late late = summary.late();
        tables.fact(
                "Late orders",
                Figures.plain(BigDecimal.valueOf(late.orders())),
                late.orders() == 0
                        ? ""
                        : "by up to " + Figures.plain(BigDecimal.valueOf(late.mostMicros(), 3))
                                + " ms of event time: their fills depend on the speed of the machine");
        tables.fact("Round trips", Figures.plain(BigDecimal.valueOf(trades.roundTrips())), "flat to flat");
        tables.fact("Hit rate", Figures.percent(trades.hitRate()), "after fees");
        tables.fact("Profit factor", Figures.ratio(trades.profitFactor()), "profits over losses, after fees");
        tables.fact("Expectancy", Figures.money(trades.expectancy()), "a round trip, after fees");
        tables.fact("Turnover", Figures.money(trades.turnover()), "notional of all fills");
        tables.fact("Turnover over equity", Figures.ratio(trades.turnoverRatio()), "mean equity at days\u2019 ends");
        return tables.html.toString();
    }

    static String positions(List<Pnl> positions) {
        Tables tables = new Tables();
        for (Pnl pnl : positions) {
            tables.html.append("<tr>");
            tables.text(
                    pnl.instrument() == null ? Figures.ABSENT : pnl.instrument().name());
            tables.number(
                    Figures.plain(pnl.position() == null ? null : pnl.position().value()), 0);
            tables.number(Figures.plain(pnl.avgPx() == null ? null : pnl.avgPx().value()), 0);
            tables.number(
                    pnl.unmarked()
                            ? "no mark"
                            : Figures.plain(
                                    pnl.mark() == null ? null : pnl.mark().value()),
                    0);
            tables.amount(pnl.realized());
            tables.amount(pnl.unrealized());
            tables.number(Figures.money(pnl.fees()), 0);
            tables.html.append("</tr>\n");
        }
        return tables.orNothing(7, "No positions.");
    }

    static String trips(List<RoundTrip> trips) {
        Tables tables = new Tables();
        for (RoundTrip trip : trips.subList(Math.max(0, trips.size() - MAX_TRIPS), trips.size())
                .reversed()) {
            tables.html.append("<tr>");
            tables.text(Figures.time(trip.opened()));
            tables.text(Figures.time(trip.closed()));
            tables.text(trip.instrument().name());
            tables.text(trip.side() == Side.BUY ? "long" : "short");
            tables.number(Figures.plain(trip.qty().value()), 0);
            tables.number(Figures.plain(trip.entryPx().value()), 0);
            tables.number(Figures.plain(trip.exitPx().value()), 0);
            tables.number(Figures.money(trip.fees()), 0);
            tables.amount(trip.profit());
            tables.html.append("</tr>\n");
        }
        return tables.orNothing(9, "No position was closed.");
    }

    private void tile(String name, String value, int signum) {
        html.append("<div class=\"tile\"><span>")
                .append(name)
                .append("</span><strong")
                .append(tone(signum));
        html.append('>').append(value).append("</strong></div>\n");
    }

    private void fact(String name, String value, String note) {
        html.append("<tr>");
        text(name);
        number(value, 0);
        html.append("<td class=\"note\">").append(note).append("</td></tr>\n");
    }

    private void text(String value) {
        html.append("<td>").append(Figures.escaped(value)).append("</td>");
    }

    private void amount(@Nullable Money amount) {
        number(Figures.money(amount), amount == null ? 0 : amount.signum());
    }

    private void number(String value, int signum) {
        html.append("<td").append(signum == 0 ? " class=\"n\"" : signum > 0 ? " class=\"n up\"" : " class=\"n down\"");
        html.append('>').append(value).append("</td>");
    }

    private String orNothing(int columns, String nothing) {
        return html.isEmpty()
                ? "<tr><td class=\"note\" colspan=\"" + columns + "\">" + nothing + "</td></tr>"
                : html.toString();
    }

    private static String tone(int signum) {
        return signum == 0 ? "" : signum > 0 ? " class=\"up\"" : " class=\"down\"";
    }
}
