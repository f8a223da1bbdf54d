package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.common.value.Instrument;

/** A venue that lists its trades over REST, and is started again with numbers far above those of its last run. */
class TradeBackfillTest {
    private static final Instrument BTC = Instrument.of("SIM:BTC-USD");
    private static final long NEW_RUN = 7_549_626_600L;

    private HttpServer venue;
    private long oldest;
    private long newest;

    @BeforeEach
    void open() throws IOException {
        venue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        venue.createContext("/", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            long after = query.contains("after=") ? Long.parseLong(query.replaceAll(".*after=", "")) : newest + 1;
            String page = LongStream.iterate(after - 1, id -> id >= oldest, id -> id - 1)
                    .limit(1_000)
                    .mapToObj(id -> "{\"trade_id\":" + id + ",\"price\":\"1\",\"size\":\"1\"}")
                    .collect(Collectors.joining(",", "[", "]"));
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        venue.start();
    }

    @AfterEach
    void close() {
        venue.stop(0);
    }

    private TradeBackfill.Missed between(long last, long next) {
        try (var backfill =
                new TradeBackfill("http://127.0.0.1:" + venue.getAddress().getPort(), new FeedCounters())) {
            return backfill.between(BTC, last, next);
        }
    }

    @Test
    void numbers_that_begin_again_above_the_old_ones_are_known_as_such() {
        oldest = NEW_RUN;
        newest = NEW_RUN + 4;

        TradeBackfill.Missed missed = between(103, NEW_RUN + 4);

        assertThat(missed.isNumberedAgain(103)).isTrue();
        assertThat(missed.begins()).isEqualTo(NEW_RUN);
        assertThat(missed.pages()).singleElement().satisfies(page -> {
            assertThat(page.first()).isEqualTo(NEW_RUN);
            assertThat(page.last()).isEqualTo(NEW_RUN + 3);
        });
    }

    @Test
    void the_first_trade_of_a_new_run_has_nothing_before_it() {
        oldest = NEW_RUN;
        newest = NEW_RUN;

        TradeBackfill.Missed missed = between(103, NEW_RUN);

        assertThat(missed.isNumberedAgain(103)).isTrue();
        assertThat(missed.pages()).isEmpty();
    }

    @Test
    void trades_that_the_venue_gives_are_a_gap_that_is_filled() {
        oldest = 1;
        newest = 120;

        TradeBackfill.Missed missed = between(103, 110);

        assertThat(missed.isNumberedAgain(103)).isFalse();
        assertThat(missed.pages()).singleElement().satisfies(page -> {
            assertThat(page.first()).isEqualTo(104);
            assertThat(page.last()).isEqualTo(109);
        });
    }

    @Test
    void a_list_that_is_cut_gives_what_it_has_and_tells_how_many_numbers_it_does_not_reach() {
        oldest = 1;
        newest = 30_000;
        TradeBackfill.Missed missed = between(103, 30_000);
        assertThat(missed.isCut()).isTrue();
        assertThat(missed.pages()).hasSize(20);
        assertThat(missed.pages().getFirst().first()).isEqualTo(10_001);
        assertThat(missed.pages().getLast().last()).isEqualTo(29_999);
    }

    @Test
    void numbers_that_are_too_many_to_be_trades_are_a_jump_and_no_gap() {
        FeedCounters counters = new FeedCounters();
        counters.addGap(BTC, 0);
        counters.addGap(BTC, 1_000_000);
        counters.addGap(BTC, 1_000_001);
        counters.addGap(BTC, 7_549_626_496L);
        assertThat(counters.values()).containsEntry("rest_gaps", 1_000_000L).containsEntry("number_jumps", 2L);
    }

    @Test
    void a_list_that_goes_on_or_does_not_come_says_nothing_of_the_numbers_before_it() {
        oldest = 1;
        newest = 30_000;
        assertThat(between(103, 30_000).begins()).isEqualTo(-1);
        venue.stop(0);
        assertThat(between(103, 30_000)).isEqualTo(TradeBackfill.Missed.NOTHING);
    }
}
