package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static papertape.etl.Feeding.BINANCE;
import static papertape.etl.Feeding.COINBASE;
import static papertape.etl.Feeding.level;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import papertape.common.value.FeedLine;

/** Which orders the venue takes (rule 15), as its status tells it, over one line and over two. */
class ProductStatusTest {
    private static final String CANCEL_ONLY = "\"cancel_only\":true";
    private static final String ONLINE = "\"cancel_only\":false";

    private final Feeding feed = Feeding.plain();
    private final Feeding lines = Feeding.overTwoLines();

    private static List<String> status(Feeding feed, String fields) {
        return feed.say(
                COINBASE,
                "status",
                "{\"type\":\"status\",\"products\":[{\"id\":\"X-USD\",\"status\":\"online\",\"status_message\":null,"
                        + fields + "}]}");
    }

    private static List<String> symbol(Feeding feed, String status, String orderTypes) {
        return feed.say(
                BINANCE,
                "exchangeInfo",
                "{\"symbols\":[{\"symbol\":\"XUSDT\",\"status\":\"" + status + "\",\"baseAsset\":\"X\",\"orderTypes\":["
                        + orderTypes + "],\"filters\":[{\"filterType\":\"PRICE_FILTER\"}]}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "HALT, HALTED: the venue's status is HALT",
        "BREAK, HALTED: the venue's status is BREAK",
        "END_OF_DAY, HALTED: the venue's status is END_OF_DAY",
        "CANCEL_ONLY, HALTED: the venue's status is CANCEL_ONLY",
        "PRE_TRADING, HALTED: the venue's status is PRE_TRADING",
        "NEW_ONE, HALTED: the venue's status is NEW_ONE"
    })
    void every_status_of_binance_but_trading_is_a_halt(String status, String said) {
        feed.at(0).bookTicker(1, "99", "1", "101", "1");
        assertThat(symbol(feed, status, "\"LIMIT\",\"MARKET\"")).containsExactly(said);
        assertThat(symbol(feed, status, "\"LIMIT\",\"MARKET\"")).as("a copy").isEmpty();
        feed.restart();
        assertThat(symbol(feed, status, "\"LIMIT\",\"MARKET\"")).as("a copy").isEmpty();
        assertThat(feed.at(1).bookTicker(2, "98", "1", "101", "1"))
                .as("the data is believed")
                .containsExactly("quote 1@98 1@101");
        assertThat(symbol(feed, "TRADING", "\"LIMIT\",\"MARKET\"")).containsExactly("LIVE");
        assertThat(feed.tester().deadLetters()).isEmpty();
    }

    @Test
    void order_types_of_binance_without_market_are_limit_only_and_with_makers_alone_post_only() {
        feed.at(0).bookTicker(1, "99", "1", "101", "1");
        assertThat(symbol(feed, "TRADING", "\"LIMIT\",\"LIMIT_MAKER\""))
                .containsExactly("LIMIT_ONLY: the venue takes orders with a limit only");
        assertThat(symbol(feed, "TRADING", "\"LIMIT_MAKER\""))
                .containsExactly("POST_ONLY: the venue takes post-only orders only");
        assertThat(symbol(feed, "TRADING", "")).as("not told").containsExactly("LIVE");
    }

    @Test
    void a_product_over_rest_tells_the_same() {
        feed.at(0).snapshot(level("99", "1"), level("101", "1"));
        String product = "{\"id\":\"X-USD\",\"status\":\"online\",\"trading_disabled\":true,\"post_only\":false}";
        assertThat(feed.say(COINBASE, "rest-product", product)).containsExactly("HALTED: trading is disabled");
    }

    @Test
    void a_status_that_cannot_be_read_is_a_dead_letter_and_the_book_and_the_last_status_hold() {
        feed.at(0).snapshot(level("99", "1"), level("101", "1"));
        status(feed, CANCEL_ONLY);
        assertThat(status(feed, "\"cancel_only\":\"perhaps\"")).isEmpty();
        assertThat(symbolWithout()).isEmpty();
        assertThat(feed.tester().deadLetters()).hasSize(2);
        assertThat(feed.at(1).update("buy", "99", "2")).containsExactly("book 2@99 / ", "quote 2@99 1@101");
        assertThat(status(feed, ONLINE)).containsExactly("LIVE");
    }

    private List<String> symbolWithout() {
        return feed.say(BINANCE, "exchangeInfo", "{\"symbols\":[{\"symbol\":\"XUSDT\"}]}");
    }

    @Test
    void a_status_is_no_sign_of_life_of_a_stream_that_is_down_and_counts_when_it_is_back() {
        feed.at(0).snapshot(level("99", "1"), level("101", "1"));
        feed.at(1).notice(COINBASE, "stale", "closed");
        assertThat(status(feed.at(2), CANCEL_ONLY)).as("still stale").isEmpty();
        assertThat(feed.at(3).snapshot(level("99", "1"), level("101", "1")))
                .containsSubsequence("HALTED: the venue takes no orders")
                .doesNotContain("LIVE");
        assertThat(feed.at(4).notice(COINBASE, "stale", "closed")).containsExactly("STALE: closed");
        feed.restart();
        assertThat(feed.at(5).snapshot(level("99", "1"), level("101", "1")))
                .contains("HALTED: the venue takes no orders");
        assertThat(status(feed.at(6), ONLINE)).containsExactly("LIVE");
    }

    @Test
    void prices_are_confirmed_while_the_venue_takes_no_orders() {
        feed.at(0).snapshot(level("99", "1"), level("101", "1"));
        status(feed.at(1), CANCEL_ONLY);
        assertThat(feed.clock(40, 40)).contains("mark 100 mid");
        feed.at(41).notice(COINBASE, "stale", "closed");
        assertThat(feed.clock(80, 80)).doesNotContain("mark 100 mid");
    }

    private Feeding a(double at) {
        return lines.over(FeedLine.A).at(at);
    }

    private Feeding b(double at) {
        return lines.over(FeedLine.B).at(at);
    }

    private void begin() {
        a(0).timedSnapshot(level("99", "1"), level("101", "1"));
        b(0).timedSnapshot(level("99", "1"), level("101", "1"));
        assertThat(status(a(0), ONLINE)).isEmpty();
        assertThat(status(b(0), ONLINE)).isEmpty();
    }

    private void both(double at) {
        assertThat(a(at).heartbeat()).isEmpty();
        assertThat(b(at).heartbeat()).isEmpty();
    }

    @Test
    void a_change_that_both_lines_tell_is_one_change_and_the_stricter_word_counts_in_between() {
        begin();
        assertThat(status(a(1), CANCEL_ONLY)).containsExactly("HALTED: the venue takes cancels only");
        lines.restart();
        assertThat(status(b(3), CANCEL_ONLY)).isEmpty();
        assertThat(status(b(4), ONLINE)).as("line A has not heard of it").isEmpty();
        both(5);
        assertThat(status(a(6), ONLINE)).containsExactly("LIVE");
    }

    @Test
    void what_a_line_brings_late_is_no_news() {
        begin();
        assertThat(status(a(1), CANCEL_ONLY)).containsExactly("HALTED: the venue takes cancels only");
        both(2);
        assertThat(status(b(3), ONLINE)).as("line A knows of a halt").isEmpty();
        assertThat(status(a(4), ONLINE)).containsExactly("LIVE");
        assertThat(status(b(3.5), CANCEL_ONLY))
                .as("received before line A's newest word")
                .isEmpty();
        assertThat(status(b(5), ONLINE)).isEmpty();
    }

    @Test
    void the_word_of_a_line_that_has_died_counts_no_more_once_it_is_away() {
        begin();
        status(a(1), CANCEL_ONLY);
        status(b(1), CANCEL_ONLY);
        a(1).heartbeat();
        assertThat(status(b(2), ONLINE)).as("line A may still be there").isEmpty();
        assertThat(b(7).heartbeat()).containsExactly("LIVE");
        assertThat(a(8).heartbeat())
                .as("line A is back and has not told anything yet")
                .isEmpty();
        assertThat(status(a(9), ONLINE)).isEmpty();
        assertThat(status(b(10), CANCEL_ONLY)).containsExactly("HALTED: the venue takes cancels only");
    }

    @Test
    void a_line_that_lost_its_connection_tells_again_and_the_last_word_holds_while_both_are_away() {
        begin();
        status(a(1), CANCEL_ONLY);
        status(b(1), CANCEL_ONLY);
        assertThat(a(2).notice(COINBASE, "stale", "closed")).isEmpty();
        assertThat(status(b(3), ONLINE)).as("line A has nothing to say").containsExactly("LIVE");
        assertThat(status(b(4), CANCEL_ONLY)).containsExactly("HALTED: the venue takes cancels only");
        assertThat(b(5).notice(COINBASE, "stale", "closed")).containsExactly("STALE: closed");
        assertThat(b(20).snapshot(level("99", "1"), level("101", "1"))).contains("HALTED: the venue takes no orders");
        assertThat(status(a(21), ONLINE)).as("line B's word counts").isEmpty();
        assertThat(status(b(22), ONLINE)).containsExactly("LIVE");
    }
}
