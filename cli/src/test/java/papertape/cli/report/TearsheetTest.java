package papertape.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import papertape.common.ledger.CostMethod;
import papertape.common.ledger.Position;
import papertape.common.message.Header;
import papertape.common.message.Pnl;
import papertape.common.statistics.EquityPoint;
import papertape.common.statistics.Fill;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

class TearsheetTest {
    private static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");
    private static final long START = 1_618_617_600_000_000L;
    private static final long MINUTE = 60_000_000;

    @Test
    void thePageHoldsItsChartLibraryAndLoadsNothing() {
        String html = Tearsheet.html(month());

        assertThat(html).contains("var uPlot=function").contains("default-src 'none'");
        assertThat(html).doesNotContain("src=\"").doesNotContain("{{");
        assertThat(html).doesNotContainPattern("href=\"(?!data:)");
    }

    @Test
    void theHeadlinesAreTheAccountsFigures() {
        ReportData data = new ReportData(
                AccountId.of("main"),
                "USD",
                List.of(
                        new EquityPoint(START, Money.of("1000"), Money.of("1000")),
                        new EquityPoint(START + MINUTE, Money.of("900"), Money.ZERO),
                        new EquityPoint(START + 2 * MINUTE, Money.of("1234.565"), Money.of("100"))),
                List.of(fill(START, Side.BUY, "1", "100", "0.5"), fill(START + 1, Side.SELL, "1", "90", "0.5")),
                List.of(),
                new ReportData.Late(3, 12_345),
                new BigDecimal("365"));

        String html = Tearsheet.html(data);

        assertThat(html).contains("by up to 12.345 ms of event time");
        assertThat(html).contains("2021-04-17 00:00:00 to 2021-04-17 00:02:00 UTC");
        assertThat(html).contains("<span>Equity</span><strong>1,234.56</strong>");
        assertThat(html).contains("<span>Net profit</span><strong class=\"up\">134.56</strong>");
        assertThat(html).contains("<span>Max drawdown</span><strong class=\"down\">\u221210.00\u202f%</strong>");
        assertThat(html).contains("<span>Fees</span><strong>1.00</strong>");
        assertThat(html).contains("<td class=\"n down\">\u221211.00</td>");
        assertThat(html).contains("annualised by \u221a365");
    }

    @Test
    void anAccountWithoutHistoryHasAPageToo() {
        ReportData empty = new ReportData(
                AccountId.of("new"),
                "<usd>",
                List.of(),
                List.of(),
                List.of(),
                ReportData.Late.NONE,
                new BigDecimal("365"));

        String html = Tearsheet.html(empty);

        assertThat(html).contains("<h1>new</h1>").contains("no data").contains("No position was closed.");
        assertThat(html).contains("{\"equity\":[[], [], [], []],\"returns\":[[], [], []],\"exposure\":[[], [], []]}");
    }

    @Test
    void aLongCurveIsThinnedWithoutLosingItsExtremes() {
        List<EquityPoint> points = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            String equity = i == 54_321 ? "5" : i == 76_543 ? "5000" : "1000";
            points.add(new EquityPoint(START + i, Money.of(equity), Money.ZERO));
        }

        List<Integer> kept = ChartData.kept(points);

        assertThat(kept)
                .hasSizeLessThanOrEqualTo(ChartData.MAX_POINTS)
                .isSorted()
                .contains(54_321, 76_543, 99_999);
    }

    @Test
    void exposureAddsPositionsAtTheirLastFillPrice() {
        Instrument eth = Instrument.of("COINBASE:ETH-USD");
        List<ExposurePoint> points = ExposurePoint.of(List.of(
                fill(1, Side.BUY, "2", "100", "0"),
                new Fill(2, eth, Side.SELL, Qty.of("1"), Price.of("50"), Money.ZERO, BigDecimal.ONE),
                fill(3, Side.SELL, "1", "110", "0")));

        assertThat(points)
                .containsExactly(
                        new ExposurePoint(1, Money.of("200"), Money.of("200")),
                        new ExposurePoint(2, Money.of("250"), Money.of("150")),
                        new ExposurePoint(3, Money.of("160"), Money.of("60")));
    }

    /** A page to look at: {@code target/tearsheet.html}, and one without data beside it. */
    @Test
    void pagesToLookAtAreWritten() throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        Path page = Files.writeString(target.resolve("tearsheet.html"), Tearsheet.html(month()));
        ReportData empty = new ReportData(
                AccountId.of("new"),
                "USD",
                List.of(),
                List.of(),
                List.of(),
                ReportData.Late.NONE,
                new BigDecimal("365"));
        Files.writeString(target.resolve("tearsheet-empty.html"), Tearsheet.html(empty));

        Files.writeString(target.resolve("tearsheet-short.html"), Tearsheet.html(firstOf(month(), 40)));
        Files.writeString(target.resolve("tearsheet-opened.html"), Tearsheet.html(firstOf(month(), 1)));

        assertThat(Files.size(page)).isLessThan(1_000_000);
    }

    /** Thirty days of a seeded random walk traded at random, a deposit midway. */
    private static ReportData month() {
        Random random = new Random(7);
        List<EquityPoint> equity = new ArrayList<>();
        List<Fill> fills = new ArrayList<>();
        Position position = Position.flat(CostMethod.AVERAGE);
        BigDecimal px = new BigDecimal("60000");
        Money flows = Money.of("100000");
        equity.add(new EquityPoint(START, flows, flows));
        for (int i = 1; i <= 30 * 24 * 6; i++) {
            long ts = START + 10L * i * MINUTE;
            px = px.add(BigDecimal.valueOf(random.nextInt(30_001) - 15_000, 2));
            if (random.nextInt(12) == 0) {
                Side side = position.qty().signum() > 0
                        ? Side.SELL
                        : position.qty().signum() < 0 || random.nextBoolean() ? Side.BUY : Side.SELL;
                Fill fill = fill(
                        ts, side, "0.5", px.toPlainString(), px.movePointLeft(4).toPlainString());
                position = position.filled(side, fill.qty(), fill.px(), fill.fee());
                fills.add(fill);
            }
            Money flow = i == 2_000 ? Money.of("10000") : Money.ZERO;
            flows = flows.plus(flow);
            Money worth =
                    flows.plus(position.realized()).minus(position.fees()).plus(position.unrealized(new Price(px)));
            equity.add(new EquityPoint(ts, worth, flow));
        }
        Pnl pnl = new Pnl(
                new Header(MessageId.of("pnl.0-1"), START, null, START),
                AccountId.of("main"),
                BTC,
                position.qty(),
                position.averagePx(),
                new Price(px),
                position.realized(),
                position.unrealized(new Price(px)),
                position.fees(),
                null,
                null,
                null,
                null,
                false);
        return new ReportData(
                AccountId.of("main"),
                "USD",
                equity,
                fills,
                List.of(pnl),
                new ReportData.Late(3, 12_000),
                new BigDecimal("365"));
    }

    private static ReportData firstOf(ReportData all, int points) {
        List<EquityPoint> equity = all.equity().subList(0, points);
        List<Fill> fills = all.fills().stream()
                .filter(fill -> fill.ts() <= equity.getLast().ts())
                .toList();
        return new ReportData(
                all.account(), all.currency(), equity, fills, all.positions(), all.late(), all.annualisationDays());
    }

    private static Fill fill(long ts, Side side, String qty, String px, String fee) {
        return new Fill(ts, BTC, side, Qty.of(qty), Price.of(px), Money.of(fee), BigDecimal.ONE);
    }
}
