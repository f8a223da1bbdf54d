package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.config.EtlSettings;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.testkit.StageTester.Sent;

/** Sequences from public bug reports of other projects, numbered as in {@code SharedCasesTest}, which plays them whole. */
class CasesTest {
    private final Feeding feed = Feeding.plain();

    private List<Trade> aggTrade(double received, double traded, long id, String px, String qty, int venueId) {
        String text = "{\"stream\":\"xusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":"
                + Feeding.micros(received) / 1_000 + ",\"s\":\"XUSDT\",\"a\":" + id + ",\"p\":\"" + px + "\",\"q\":\""
                + qty + "\",\"f\":" + venueId + ",\"l\":" + venueId + ",\"T\":" + Feeding.micros(traded) / 1_000
                + ",\"m\":false,\"M\":true}}";
        return trades(feed.at(received).send(BINANCE, "aggTrade", text));
    }

    private static List<Trade> trades(List<Sent> sent) {
        List<Trade> trades = new ArrayList<>();
        for (Sent each : sent) {
            Message message = each.message();
            if (message instanceof Trade trade) {
                trades.add(trade);
            }
        }
        return trades;
    }

    /** ccxt #8329. */
    @Test
    void case_05_a_later_id_with_an_earlier_time_is_a_trade_of_its_own_time() {
        List<Trade> trades = new ArrayList<>();
        trades.addAll(aggTrade(1, 1, 14, "11498.75", "0.004901", 17));
        trades.addAll(aggTrade(1.932, 1.932, 15, "11498.56", "0.081704", 18));
        trades.addAll(aggTrade(2.1, 1, 16, "11498.75", "0.004901", 17));
        trades.addAll(aggTrade(4, 4, 17, "11499", "1", 19));

        assertThat(trades)
                .extracting(Trade::ts)
                .containsExactly(Feeding.micros(1), Feeding.micros(1.932), Feeding.micros(1), Feeding.micros(4));
        assertThat(trades.stream().map(trade -> trade.qty().value()).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("1.091506");
    }

    /** ccxt PR 29907, cryptofeed #628, xchange-stream #403. */
    @Test
    void case_06_rows_of_size_zero_are_no_levels_of_a_snapshot() {
        List<String> said = new ArrayList<>(feed.at(0)
                .snapshot(
                        level("192000", "0.00000000") + "," + level("100", "1"),
                        level("90", "0") + "," + level("101", "0.00000000") + "," + level("102", "2")));
        said.addAll(feed.at(0.1).update("buy", "100", "0.00000000"));
        said.addAll(feed.at(0.2).update("buy", "98", "1"));

        assertThat(said)
                .filteredOn(text -> text.startsWith("quote"))
                .containsExactly("quote 1@100 2@102", "quote null@null 2@102", "quote 1@98 2@102");
        assertThat(said).doesNotContain("GAP");
    }

    @Test
    void case_22_two_connections_that_overlap_give_each_trade_once() {
        List<String> said = new ArrayList<>(feed.at(0).snapshot(level("100", "1"), level("101", "1")));
        said.addAll(lastMatch(0.1, 5, "2"));
        said.addAll(feed.at(0.2).match(6, "101", "3"));
        said.addAll(feed.at(0.3).snapshot(level("100.5", "1"), level("101.5", "1")));
        said.addAll(lastMatch(0.2, 6, "3"));
        said.addAll(feed.at(0.4).match(7, "101", "4"));

        assertThat(said)
                .filteredOn(text -> text.startsWith("trade"))
                .containsExactly("trade 5 BUY 2@101", "trade 6 BUY 3@101", "trade 7 BUY 4@101");
        assertThat(said)
                .filteredOn(text -> text.startsWith("quote"))
                .containsExactly("quote 1@100 1@101", "quote 1@100.5 1@101.5");
    }

    private List<String> lastMatch(double seconds, long id, String qty) {
        feed.at(seconds);
        return feed.say(COINBASE, "last_match", feed.matchText(id, "101", qty).replace("\"match\"", "\"last_match\""));
    }

    @Test
    void case_23_bars_come_of_trades_where_only_the_top_of_the_book_is_known() {
        Feeding bars = new Feeding(new EtlSettings(List.of("1s", "1m"), 1_000_000_000, 0, 0));
        bars.at(0).bookTicker(1, "100", "1", "101", "1");
        List<String> said = new ArrayList<>();
        for (double[] trade : new double[][] {{0.01, 1, 100}, {5, 2, 110}, {65, 3, 120}, {130, 4, 130}}) {
            said.addAll(bars.at(trade[0])
                    .say(BINANCE, "aggTrade", bars.aggTradeText((long) trade[1], "" + (int) trade[2], "1")));
        }

        assertThat(said).filteredOn(text -> text.startsWith("bar 1s")).hasSize(3);
        assertThat(said)
                .filteredOn(text -> text.startsWith("bar 1m"))
                .containsExactly(
                        "bar 1m 0 100 110 100 110 volume 2 vwap 105 trades 2",
                        "bar 1m 60 120 120 120 120 volume 1 vwap 120 trades 1");
    }
}
