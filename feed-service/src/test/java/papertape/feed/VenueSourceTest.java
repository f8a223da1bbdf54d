package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.config.FeedSettings;
import papertape.common.config.Secret;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.runtime.Source.Received;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;

@Timeout(60)
final class VenueSourceTest {
    private static final List<String> SYMBOLS = List.of("A-USD", "B-USD");

    @TempDir
    private Path folder;

    private LocalVenue venue;
    private VenueSource source;

    @BeforeEach
    void open() throws InterruptedException {
        venue = new LocalVenue();
    }

    @AfterEach
    void close() throws InterruptedException {
        if (source != null) {
            source.close();
        }
        venue.shutDown();
    }

    /** Partition 0: A; partition 1: B. */
    private VenueSource source(String kind, boolean isReplay, int silenceMs, String restUrl) {
        FeedSettings settings = new FeedSettings(
                kind,
                venue.uri().toString(),
                restUrl,
                silenceMs,
                1,
                20,
                10,
                20,
                false,
                "level2_batch",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE);
        FeedOptions options = new FeedOptions(isReplay, false, folder, 100, 200, 1 << 20, 1_000, 300);
        String name = kind.equals("binance") ? "BINANCE" : kind.equals("sim") ? "SIM" : "COINBASE";
        Venue place = new Venue(
                settings,
                options,
                0,
                SYMBOLS.stream().map(symbol -> Instrument.of(name, symbol)).toList());
        source = new VenueSource(place, key -> key.contains("B-USD") ? 1 : 0);
        return source;
    }

    private static SortedMap<Integer, Map<String, String>> owned(int... partitions) {
        SortedMap<Integer, Map<String, String>> owned = new TreeMap<>();
        for (int partition : partitions) {
            owned.put(partition, Map.of());
        }
        return owned;
    }

    private static String match(String product, int id) {
        return "{\"type\":\"match\",\"trade_id\":" + id + ",\"product_id\":\"" + product + "\"}";
    }

    private static String snapshot(String product) {
        return "{\"type\":\"snapshot\",\"product_id\":\"" + product + "\"}";
    }

    private List<Received> take(int count) throws InterruptedException {
        List<Received> got = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (got.size() < count && System.nanoTime() < end) {
            got.addAll(source.poll(count - got.size(), 50));
        }
        assertThat(got.size()).as("messages taken").isEqualTo(count);
        return got;
    }

    private List<String> takeChannels(int count) throws InterruptedException {
        return take(count).stream().map(Received::channel).toList();
    }

    @Test
    void subscribesToTheOwnedInstrumentsAndThenToTheDifferenceOnTheSameConnection() throws InterruptedException {
        source("coinbase", false, 30_000, "").assigned(owned(0));
        assertThat(venue.request()).contains("\"subscribe\"", "[\"A-USD\"]").doesNotContain("resume");
        venue.say(match("A-USD", 1));
        assertThat(take(1).getFirst().instrument()).isEqualTo(Instrument.of("COINBASE:A-USD"));

        source.assigned(owned(1));

        assertThat(venue.request()).contains("\"unsubscribe\"", "[\"A-USD\"]");
        assertThat(venue.request()).contains("\"subscribe\"", "[\"B-USD\"]");
        venue.say(match("A-USD", 2));
        venue.say(match("B-USD", 3));
        assertThat(take(1).getFirst().payload()).isEqualTo(match("B-USD", 3));
        assertThat(source.counters()).containsEntry("connects", 1L).containsEntry("unowned", 1L);
    }

    @Test
    void connectsAndSubscribesAgainAfterACloseAndSaysSo() throws InterruptedException {
        source("coinbase", false, 30_000, "").assigned(owned(0));
        venue.request();
        venue.say(snapshot("A-USD"));
        assertThat(takeChannels(2)).containsExactly("snapshot", "feed-status");

        venue.dropClient();

        assertThat(venue.request()).contains("\"subscribe\"", "[\"A-USD\"]");
        assertThat(take(1).getFirst().payload()).startsWith("{\"status\":\"stale\",\"detail\":\"closed");
        venue.say(snapshot("A-USD"));
        assertThat(takeChannels(2)).containsExactly("snapshot", "feed-status");
    }

    @Test
    void takesASilentConnectionForADeadOne() throws InterruptedException {
        source("coinbase", false, 200, "").assigned(owned(0));
        venue.request();

        assertThat(venue.request()).contains("\"subscribe\"");
        assertThat(take(1).getFirst().payload()).contains("stale", "nothing heard for 200 ms");
    }

    @Test
    void a_venue_without_heartbeats_is_alive_while_it_answers_pings_and_dead_when_it_does_not()
            throws InterruptedException {
        source("binance", false, 1_500, "http://127.0.0.1:1").assigned(owned(0));
        venue.request();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4_000);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(source.counters()).as("a quiet market is no dead feed").containsEntry("connects", 1L);

        venue.turnDeaf();

        assertThat(venue.request()).contains("SUBSCRIBE");
        assertThat(source.counters()).containsEntry("connects", 2L);
    }

    @Test
    void keepsTryingWhileTheVenueIsAway() throws InterruptedException {
        source("coinbase", false, 30_000, "");
        venue.shutDown();
        source.assigned(owned(0));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (source.counters().get("disconnects") < 3) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(takeChannels(1)).containsExactly("feed-status");
    }

    @Test
    void resumesFromWhatWasCommittedAtFirstAndFromWhatWasReceivedAfterALoss() throws InterruptedException {
        SortedMap<Integer, Map<String, String>> saved = owned(0, 1);
        saved.put(0, Map.of("COINBASE:A-USD", "471", "COINBASE", "3"));
        source("coinbase", true, 30_000, "").assigned(saved);
        assertThat(source.isThrottled()).isTrue();
        assertThat(venue.request()).contains("\"resume\":{\"*\":3,\"A-USD\":471}");

        venue.say(match("A-USD", 1));
        venue.say(match("B-USD", 1));
        venue.say("{\"type\":\"subscriptions\"}");
        assertThat(take(3)).extracting(Received::position).containsExactly("472", "1", "4");
        venue.say(match("B-USD", 2));
        take(1);
        venue.dropClient();

        assertThat(venue.request()).contains("\"resume\":{\"*\":4,\"A-USD\":472,\"B-USD\":2}");
        assertThat(source.poll(10, 0)).isEmpty();
    }

    @Test
    void takesANewConnectionInAReplayWhenAnInstrumentComesBack() throws InterruptedException {
        source("coinbase", true, 30_000, "").assigned(owned(0, 1));
        venue.request();
        source.assigned(owned(0));
        assertThat(venue.request()).contains("\"unsubscribe\"", "B-USD");
        SortedMap<Integer, Map<String, String>> back = owned(0);
        back.put(1, Map.of("COINBASE:B-USD", "9"));

        source.assigned(back);

        assertThat(venue.request()).contains("\"resume\":{\"*\":0,\"B-USD\":9}");
        assertThat(source.counters()).containsEntry("connects", 2L);
    }

    @Test
    void slowsAReplayDownWithoutLossWhenNobodyReads() throws InterruptedException {
        source("binance", true, 300, "").assigned(owned(0, 1));
        assertThat(venue.request()).contains("\"resume\":{\"*\":0}");
        String big = "x".repeat(2_000);
        int count = 10_000;
        for (int i = 0; i < count; i++) {
            venue.say("{\"stream\":\"a-usd@aggTrade\",\"data\":{\"a\":" + i + ",\"x\":\"" + big + "\"}}");
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(900);
        while (System.nanoTime() < end) {
            // Longer than the limit of silence: a connection that is slowed down is not a dead one.
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(venue.waiting()).as("messages held back by TCP").isPositive();

        List<Received> got = take(count);

        assertThat(got.getLast().payload()).contains("\"a\":" + (count - 1));
        assertThat(got.getLast().position()).isEqualTo(Integer.toString(count));
        assertThat(source.counters()).containsEntry("connects", 1L);
    }

    @Test
    void takesTheSimulatorForAThrottledVenueOfItsOwnNameThatStartsAnewEachTime() throws InterruptedException {
        source("sim", false, 30_000, "").assigned(owned(0));
        assertThat(source.isThrottled()).isTrue();
        assertThat(venue.request()).contains("[\"A-USD\"]").doesNotContain("resume");
        venue.say(snapshot("A-USD"));

        List<Received> got = take(2);

        assertThat(got).extracting(Received::instrument).containsOnly(Instrument.of("SIM:A-USD"));
        assertThat(got).extracting(Received::channel).containsExactly("snapshot", "feed-status");
        assertThat(got).extracting(Received::position).containsOnlyNulls();
    }

    @Test
    void refusesAConfigurationWithNoInstrumentOfTheVenue() {
        FeedSettings settings = ConfigReader.defaults(Map.of()).feed();

        assertThatThrownBy(() ->
                        new Venue(settings, FeedOptions.of(false, folder), 0, List.of(Instrument.of("COINBASE:A-USD"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none is of venue SIM");
    }

    @Test
    void asksForAFreshSnapshotOnRequestButNotTooOften() throws InterruptedException {
        source("coinbase", false, 30_000, "").assigned(owned(0));
        venue.request();
        FeedStatus request = new FeedStatus(
                new Header(new MessageId("etl.0-1"), 1, null, 1),
                Instrument.of("COINBASE:A-USD"),
                FeedState.RESYNC,
                "gap");
        long start = System.nanoTime();
        source.onControl(request);
        assertThat(venue.request()).contains("\"unsubscribe\"", "[\"level2_batch\"]");
        assertThat(venue.request()).contains("\"subscribe\"", "[\"level2_batch\"]");
        source.onControl(request);
        source.onControl(request);

        assertThat(venue.request()).contains("\"unsubscribe\"");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
        assertThat(venue.request()).contains("\"subscribe\"");
        assertThat(take(1).getFirst().payload()).isEqualTo("{\"status\":\"resync\",\"detail\":\"gap\"}");
        assertThat(venue.hasRequests()).isFalse();
    }

    @Test
    void fetchesBinanceSnapshotsAndTriesAgainAfterAFailure() throws IOException, InterruptedException {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer rest = rest(path -> {
            if (path.contains("exchangeInfo")) {
                return null;
            }
            asked.add(path);
            return asked.size() == 1 ? null : "{\"lastUpdateId\":7}";
        });
        try {
            source("binance", false, 30_000, url(rest)).assigned(owned(1));

            Received snapshot = take(1).getFirst();

            assertThat(snapshot.channel()).isEqualTo("depthSnapshot");
            assertThat(snapshot.instrument()).isEqualTo(Instrument.of("BINANCE:B-USD"));
            assertThat(snapshot.payload()).isEqualTo("{\"lastUpdateId\":7}");
            assertThat(asked).hasSize(2).containsOnly("/api/v3/depth?symbol=B-USD&limit=1000");
            assertThat(takeChannels(1)).containsExactly("feed-status");
        } finally {
            rest.stop(0);
        }
    }

    @Test
    void pollsOnlyNewTradesOverRest() throws IOException, InterruptedException {
        List<String> pages = Collections.synchronizedList(new ArrayList<>(List.of(
                "[{\"trade_id\":7,\"price\":\"1\"},{\"trade_id\":6}]",
                "[ {\"trade_id\":9},{\"trade_id\":8},\n{\"trade_id\":7} ]",
                "[{\"trade_id\":9}]")));
        HttpServer rest = rest(path -> path.contains("/ticker")
                ? "{\"bid\":\"1\"}"
                : path.endsWith("/products/B-USD") ? null : pages.size() > 1 ? pages.removeFirst() : pages.getFirst());
        try {
            source("coinbase-rest", false, 30_000, url(rest)).assigned(owned(1));
            List<Received> got = new ArrayList<>();
            while (got.stream()
                            .filter(message -> message.channel().equals("rest-ticker"))
                            .count()
                    < 3) {
                got.addAll(take(1));
            }
            List<Received> trades = got.stream()
                    .filter(message -> message.channel().equals("rest-trades"))
                    .toList();

            assertThat(trades)
                    .extracting(Received::payload)
                    .containsExactly("[{\"trade_id\":7,\"price\":\"1\"}]", "[{\"trade_id\":9},{\"trade_id\":8}]");
            assertThat(trades).extracting(Received::position).containsExactly("7", "9");
            assertThat(got).extracting(Received::instrument).containsOnly(Instrument.of("COINBASE:B-USD"));
        } finally {
            rest.stop(0);
        }
    }

    /** Answers with the text for a path and query; null: the server is broken. */
    @FunctionalInterface
    private interface Answers {
        String to(String path);
    }

    private static HttpServer rest(Answers answers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String text = answers.to(exchange.getRequestURI().toString());
            byte[] bytes = (text == null ? "broken" : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }
}
