package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.COINBASE;

import java.util.List;
import org.junit.jupiter.api.Test;
import papertape.common.config.EtlSettings;
import papertape.common.message.Mark;
import papertape.common.testkit.StageTester.Sent;

class TradeTest {
    private final Feeding feed = Feeding.plain();

    @Test
    void aTradeCarriesTheAggressorsSide() {
        assertThat(feed.at(0).match(5, "100", "2")).containsExactly("LIVE", "trade 5 BUY 2@100");
    }

    @Test
    void aTradePassesOnceHoweverOftenItComes() {
        feed.at(0).match(5, "100", "2");
        assertThat(feed.at(0).match(5, "100", "2")).isEmpty();
        feed.at(1).match(6, "100", "2");
        feed.restart();
        assertThat(feed.at(0).match(5, "100", "2")).isEmpty();
        assertThat(feed.at(1).match(6, "100", "2")).isEmpty();
    }

    @Test
    void missingTradesAreReportedAndStillPassWhenTheyComeLate() {
        feed.at(0).match(4, "100", "1");
        assertThat(feed.at(3).match(9, "100", "1")).containsExactly("LIVE: trades 5..8 missing", "trade 9 BUY 1@100");
        feed.restart();
        assertThat(feed.at(2).match(6, "100", "1")).containsExactly("trade 6 BUY 1@100");
        assertThat(feed.at(2).match(6, "100", "1")).isEmpty();
        assertThat(feed.at(1).match(5, "100", "1")).containsExactly("trade 5 BUY 1@100");
        assertThat(feed.at(3).match(8, "100", "1")).containsExactly("trade 8 BUY 1@100");
        assertThat(feed.at(2).match(7, "100", "1")).containsExactly("trade 7 BUY 1@100");
        assertThat(feed.at(4).match(10, "100", "1")).containsExactly("trade 10 BUY 1@100");
    }

    @Test
    void aHoleOlderThanTheWindowIsForgotten() {
        feed.at(1).match(1, "100", "1");
        feed.at(2).match(TradeFilter.WINDOW + 10, "100", "1");
        assertThat(feed.at(1).match(9, "100", "1")).isEmpty();
        assertThat(feed.at(1).match(10, "100", "1")).containsExactly("trade 10 BUY 1@100");
    }

    @Test
    void idsThatBeginAgainWithLaterTimesAreNewTrades() {
        feed.at(1).match(500, "100", "1");
        assertThat(feed.at(2).match(1, "100", "1"))
                .containsExactly("LIVE: trade ids began again at 1", "trade 1 BUY 1@100");
        assertThat(feed.at(3).match(2, "100", "1")).containsExactly("trade 2 BUY 1@100");
    }

    @Test
    void anAbsurdTradeIsFlaggedAndNotPassedOn() {
        feed.at(0).match(1, "100", "1");
        assertThat(feed.at(1).match(2, "0", "1")).containsExactly("LIVE: trade 2 has the price 0");
        assertThat(feed.at(1).match(3, "100", "-1")).containsExactly("LIVE: trade 3 has the quantity -1");
        assertThat(feed.at(1).match(4, "100", "1")).containsExactly("trade 4 BUY 1@100");
    }

    @Test
    void aJumpBeyondTheLimitIsFlaggedAndPassesWhenASecondTradeConfirmsIt() {
        Feeding limited = new Feeding(new EtlSettings(List.of(), 1_000_000_000, 0, 10));
        limited.at(0).match(1, "100", "1");
        assertThat(limited.at(1).match(2, "110", "1")).as("at the limit").containsExactly("trade 2 BUY 1@110");
        assertThat(limited.at(2).match(3, "98.99", "1")).containsExactly("LIVE: trade 3 jumps from 110 to 98.99");
        assertThat(limited.at(3).match(4, "110", "1")).containsExactly("trade 4 BUY 1@110");
        assertThat(limited.at(4).match(5, "220", "1")).containsExactly("LIVE: trade 5 jumps from 110 to 220");
        limited.restart();
        assertThat(limited.at(5).match(6, "219", "1")).containsExactly("trade 6 BUY 1@219");
    }

    @Test
    void restTradesComeNewestFirstAndArePassedOnOldestFirstAndOnce() {
        String first =
                "[{\"time\":\"2026-01-01T00:00:02Z\",\"trade_id\":2,\"price\":\"11\",\"size\":\"1\",\"side\":\"buy\"},"
                        + "{\"time\":\"2026-01-01T00:00:01Z\",\"trade_id\":1,\"price\":\"10\",\"size\":\"1\",\"side\":\"sell\"}]";
        assertThat(feed.at(3).send(COINBASE, "rest-trades", first).stream().map(sent -> Feeding.text(sent.message())))
                .containsExactly("LIVE", "trade 1 BUY 1@10", "mark 10 trade", "trade 2 SELL 1@11");
        assertThat(feed.at(4).send(COINBASE, "rest-trades", first)).isEmpty();
    }

    @Test
    void barsCloseWithTheFirstMessageAtOrAfterTheirEnd() {
        Feeding bars = new Feeding(new EtlSettings(List.of("1s", "1m"), 1_000_000_000, 0, 0));
        bars.at(0.5).match(1, "100", "1");
        bars.at(0.6).match(2, "104", "3");
        bars.restart();
        assertThat(bars.at(0.999999).match(3, "97", "1")).containsExactly("trade 3 BUY 1@97");
        assertThat(bars.at(1).heartbeat()).containsExactly("bar 1s 0 100 104 97 97 volume 5 vwap 101.8 trades 3");
        assertThat(bars.at(30).heartbeat()).isEmpty();
        assertThat(bars.at(60).match(4, "50", "2"))
                .containsExactly("bar 1m 0 100 104 97 97 volume 5 vwap 101.8 trades 3", "trade 4 BUY 2@50");
        assertThat(bars.at(61.2).update("buy", "40", "1"))
                .startsWith("bar 1s 60 50 50 50 50 volume 2 vwap 50 trades 1");
    }

    @Test
    void aMarkIsTheMiddleOfTheQuoteOrElseTheLastTradeAndComesAtMostOncePerInterval() {
        Feeding marked = new Feeding(new EtlSettings(List.of(), 1_000, 0, 0));
        assertThat(marks(marked.at(0), 1, "100")).containsExactly("mark 100 trade");
        assertThat(marks(marked.at(0.999), 2, "101")).isEmpty();
        assertThat(marks(marked.at(1), 3, "102")).containsExactly("mark 102 trade");
        assertThat(marks(marked.at(1.5), 4, "102")).as("unchanged").isEmpty();
        marked.at(2.5).snapshot(Feeding.level("99", "1"), Feeding.level("102", "1"));
        assertThat(marks(marked.at(3.4), 5, "110")).isEmpty();
        marked.restart();
        assertThat(marks(marked.at(3.45), 6, "110"))
                .as("the quote has been marked already")
                .isEmpty();
        marked.at(3.7).update("buy", "100", "1");
        assertThat(marks(marked.at(4.6), 7, "110")).isEmpty();
    }

    private static List<String> marks(Feeding feed, long id, String px) {
        return feed.send(COINBASE, "match", feed.matchText(id, px, "1")).stream()
                .map(Sent::message)
                .filter(Mark.class::isInstance)
                .map(Feeding::text)
                .toList();
    }
}
