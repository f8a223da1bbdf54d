package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import papertape.common.config.EtlSettings;
import papertape.common.message.Trade;

/** Kinds of messages, spellings and sequences that were seen at venues; most are public bug reports of other projects. */
class VenueKindsTest {
    private final Feeding feed = Feeding.plain();

    private String trade(String stream, String id, String qty, String more) {
        return "{\"stream\":\"xusdt@" + stream + "\",\"data\":{\"e\":\"" + stream + "\",\"E\":"
                + Feeding.micros(0) / 1_000 + ",\"" + (stream.equals("trade") ? "t" : "a") + "\":" + id
                + ",\"p\":\"100\",\"q\":\"" + qty + "\",\"T\":" + Feeding.micros(0) / 1_000 + more
                + ",\"m\":false,\"M\":true}}";
    }

    @Test
    void numbersWithExponentsAreRead() {
        assertThat(feed.at(0)
                        .say(
                                COINBASE,
                                "snapshot",
                                feed.snapshotText(
                                        level("5.1e-7", "150000") + "," + level("1e-8", "600000"),
                                        level("6e-7", "1E+3") + ",[0.00000070,5]",
                                        false)))
                .containsExactly(
                        "snapshot 150000@0.00000051 600000@0.00000001 / 1000@0.0000006 5@0.0000007",
                        "LIVE",
                        "quote 150000@0.00000051 1000@0.0000006");
        assertThat(feed.at(1).match(1, "6e-7", "5.4e12")).containsExactly("trade 1 BUY 5400000000000@0.0000006");
        assertThat(feed.at(2).update("buy", "9.486E-11", "5.4e12"))
                .containsExactly("book 5400000000000@0.00000000009486 / ");
        assertThat(feed.tester().deadLetters()).isEmpty();
    }

    @Test
    void timesInOtherUnitsAndOffsetsAreRead() {
        for (String time : List.of("1767225601", "1767225601000", "1767225601000000", "1767225601000000000")) {
            Feeding other = Feeding.plain();
            String text = "{\"stream\":\"xusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":" + time
                    + ",\"a\":1,\"p\":\"1\",\"q\":\"1\",\"T\":" + time + ",\"m\":true}}";
            assertThat(other.at(2).send(BINANCE, "aggTrade", text))
                    .filteredOn(sent -> sent.message() instanceof Trade)
                    .extracting(sent -> sent.message().ts())
                    .as(time)
                    .containsExactly(Feeding.micros(1));
        }
        String update =
                "{\"type\":\"l2update\",\"time\":\"2026-01-01T02:00:03+02:00\",\"changes\":[[\"buy\",\"1\",\"1\"]]}";
        feed.at(0).snapshot("", level("2", "1"));
        assertThat(feed.at(4).send(COINBASE, "l2update", update))
                .first()
                .extracting(sent -> sent.message().ts())
                .isEqualTo(Feeding.micros(3));
    }

    @Test
    void minusOneForNoUpdateYetIsAnEmptyBookAndNoTime() {
        assertThat(feed.at(0).say(BINANCE, "depthSnapshot", "{\"lastUpdateId\":-1,\"E\":-1,\"bids\":[],\"asks\":[]}"))
                .containsExactly("snapshot  / ", "LIVE");
        assertThat(feed.at(1).depth(1, 1, level("99", "1"), "")).containsExactly("book 1@99 / ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"received", "open", "done", "change", "activate", "subscriptions", "error", "auction", "status"})
    void kindsOfCoinbaseThatAreNotUsedAreNoDeadLetters(String kind) {
        String text =
                "{\"type\":\"" + kind + "\",\"product_id\":\"X-USD\",\"time\":\"\",\"price\":null,\"size\":\"odd\","
                        + "\"side\":\"\",\"sequence\":-1,\"message\":{\"a\":[1]},\"changes\":7,\"bids\":\"\"}";
        String sound = "{\"type\":\"" + kind + "\",\"message\":\"Failed to subscribe\"}";
        assertThat(feed.at(0).say(COINBASE, kind, kind.equals("status") ? sound : text))
                .isEmpty();
        assertThat(feed.tester().deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"stream\":\"xusdt@ticker\",\"data\":{\"e\":\"24hrTicker\",\"p\":\"-1\",\"b\":\"\",\"a\":\"x\",\"B\":\"1\",\"F\":-1}}",
                "{\"stream\":\"xusdt@miniTicker\",\"data\":{\"e\":\"24hrMiniTicker\",\"q\":\"1000\"}}",
                "{\"stream\":\"xusdt@kline_1m\",\"data\":{\"e\":\"kline\",\"k\":{\"t\":1,\"a\":\"x\"}}}",
                "{\"stream\":\"xusdt@ticker_1h\",\"data\":{\"e\":\"1hTicker\"}}",
                "{\"stream\":\"xusdt@avgPrice\",\"data\":{\"e\":\"avgPrice\",\"T\":\"x\"}}",
                "{\"stream\":\"xusdt@depth5@100ms\",\"data\":{\"lastUpdateId\":7,\"bids\":[[\"1\",\"1\"]],\"asks\":[]}}",
                "{\"stream\":\"!miniTicker@arr\",\"data\":[{\"e\":\"24hrMiniTicker\"}]}",
                "{\"e\":\"serverShutdown\",\"E\":1770123456789}",
                "{\"result\":null,\"id\":1}",
                "{\"id\":\"a\",\"status\":200,\"result\":{\"a\":[1]}}",
                "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":3}",
                "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"
            })
    void kindsOfBinanceThatAreNotUsedAreNoDeadLetters(String text) {
        assertThat(feed.at(0).say(BINANCE, "other", text)).isEmpty();
        assertThat(feed.tester().deadLetters()).isEmpty();
    }

    @Test
    void aProductThatTakesFewerOrdersSaysSoAndABrokenBookComesFirst() {
        feed.at(0).snapshot(level("99", "1"), level("101", "3"));
        assertThat(product("\"status\":\"online\",\"limit_only\":true"))
                .containsExactly("LIMIT_ONLY: the venue takes orders with a limit only");
        assertThat(product("\"status\":\"online\",\"limit_only\":true")).isEmpty();
        feed.restart();
        assertThat(feed.at(1).update("buy", "99", "2"))
                .as("the data is believed")
                .containsExactly("book 2@99 / ", "quote 2@99 3@101");
        assertThat(product("\"status\":\"online\",\"post_only\":true"))
                .containsExactly("POST_ONLY: the venue takes post-only orders only");
        assertThat(product("\"status\":\"online\",\"cancel_only\":true"))
                .containsExactly("HALTED: the venue takes cancels only");
        assertThat(product("\"status\":\"offline\"")).isEmpty();
        feed.at(2).say(COINBASE, "l2update", "{\"type\":\"l2update\"}");
        assertThat(product("\"status\":\"online\",\"auction_mode\":true"))
                .as("the gap holds")
                .isEmpty();
        assertThat(feed.at(3).snapshot(level("99", "1"), level("101", "3")))
                .contains("HALTED: the venue takes no orders");
        assertThat(product("\"status\":\"online\"")).containsExactly("LIVE");
    }

    private List<String> product(String fields) {
        return feed.say(
                COINBASE,
                "status",
                "{\"type\":\"status\",\"products\":[{\"id\":\"X-USD\",\"base_currency\":\"X\"," + fields
                        + "}],\"currencies\":[{\"id\":\"X\"}]}");
    }

    @Test
    void theStreamOfSingleTradesGivesTrades() {
        assertThat(feed.at(0).say(BINANCE, "trade", trade("trade", "3001", "0.5", "")))
                .containsExactly("LIVE", "trade 3001 BUY 0.5@100");
        assertThat(feed.at(0).say(BINANCE, "trade", trade("trade", "3001", "0.5", "")))
                .as("a copy")
                .isEmpty();
    }

    @Test
    void aTradeThatComesInBothStreamsIsOneTrade() {
        List<String> said = new java.util.ArrayList<>();
        said.addAll(feed.at(0).say(BINANCE, "aggTrade", trade("aggTrade", "7", "3", ",\"f\":1,\"l\":3")));
        said.addAll(feed.say(BINANCE, "trade", trade("trade", "1", "1", "")));
        said.addAll(feed.say(BINANCE, "trade", trade("trade", "2", "1", "")));
        said.addAll(feed.say(BINANCE, "trade", trade("trade", "3", "1", "")));
        said.addAll(feed.say(BINANCE, "trade", trade("trade", "4", "4", "")));
        feed.restart();
        said.addAll(feed.say(BINANCE, "aggTrade", trade("aggTrade", "8", "9", ",\"f\":4,\"l\":5")));
        said.addAll(feed.say(BINANCE, "trade", trade("trade", "5", "5", "")));
        said.addAll(feed.say(BINANCE, "aggTrade", trade("aggTrade", "9", "6", ",\"f\":6,\"l\":6")));
        assertThat(said)
                .containsExactly(
                        "LIVE", "trade 7 BUY 3@100", "trade 4 BUY 4@100", "trade 5 BUY 5@100", "trade 9 BUY 6@100");
    }

    @Test
    void aLateTradeKeepsItsOwnTimeAndCountsInTheBarOfItOrInNone() {
        Feeding bars = new Feeding(new EtlSettings(List.of("1s", "1m"), 1_000_000_000, 0, 0));
        bars.at(10.2).match(5, "100", "1");
        bars.at(10.8).match(7, "110", "1");
        assertThat(bars.at(10.1).match(6, "90", "2")).containsExactly("trade 6 BUY 2@90");
        assertThat(bars.at(11).heartbeat())
                .as("the late trade is the bar's first")
                .containsExactly("bar 1s 10 90 110 90 110 volume 4 vwap 97.5 trades 3");
        assertThat(bars.at(10.5).send(COINBASE, "match", bars.matchText(8, "50", "1")))
                .filteredOn(sent -> sent.message() instanceof Trade)
                .extracting(sent -> sent.message().ts())
                .containsExactly(Feeding.micros(10.5));
        assertThat(bars.at(12).heartbeat()).as("its bar has been sent").isEmpty();
        assertThat(bars.counter("trades_after_their_bar")).isEqualTo(1);
        assertThat(bars.at(60).heartbeat())
                .as("that of the minute had not")
                .containsExactly("bar 1m 0 90 110 50 110 volume 5 vwap 88 trades 4");
    }

    @Test
    void aMissingTradeIsInformationAndTheInstrumentStaysLive() {
        feed.at(0).match(1, "100", "1");
        assertThat(feed.at(1).match(5, "100", "1")).containsExactly("LIVE: trades 2..4 missing", "trade 5 BUY 1@100");
        feed.at(2).notice(COINBASE, "halted", "auction");
        assertThat(feed.at(3).match(9, "100", "1"))
                .as("the status is that which it is")
                .containsExactly("HALTED: trades 6..8 missing", "trade 9 BUY 1@100");
    }

    @Test
    void twoTradesOfOneIdAndDifferentTimesAreTwo() {
        feed.at(0).match(54, "238", "296");
        feed.at(1).match(55, "238", "824");
        assertThat(feed.at(46).match(55, "239", "19332"))
                .containsExactly("LIVE: trade ids began again at 55", "trade 55 BUY 19332@239");
        assertThat(feed.at(83).match(56, "239", "6277")).containsExactly("trade 56 BUY 6277@239");
    }
}
