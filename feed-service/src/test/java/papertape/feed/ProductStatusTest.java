package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.FeedSettings;
import papertape.common.config.Secret;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

/** Which orders the venue takes, over a WebSocket and over HTTP on this machine: each change once, to each product's owner. */
@Timeout(60)
final class ProductStatusTest {
    private static final String ONLINE = "\"status\":\"online\",\"cancel_only\":false";
    private static final String CANCEL_ONLY = "\"status\":\"online\",\"cancel_only\":true";

    @TempDir
    private Path folder;

    private LocalVenue venue;
    private HttpServer rest;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    /** Answers a path and query; null: the server is broken. A text that begins with a number has that status. */
    private volatile Function<String, String> answer = path -> null;

    private final List<VenueSource> sources = new ArrayList<>();

    @BeforeEach
    void open() throws InterruptedException, IOException {
        venue = new LocalVenue();
        rest = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        rest.createContext("/", exchange -> {
            String path = URLDecoder.decode(exchange.getRequestURI().toString(), StandardCharsets.UTF_8);
            asked.add(path);
            String text = answer.apply(path);
            int status = text == null ? 503 : text.startsWith("400") ? 400 : 200;
            byte[] bytes =
                    (text == null ? "broken" : text.substring(status == 400 ? 3 : 0)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        rest.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        sources.forEach(VenueSource::close);
        venue.shutDown();
        rest.stop(0);
    }

    /** Partition 0: A; partition 1: B. */
    private VenueSource source(String kind, boolean isReplay, int... partitions) {
        FeedSettings settings = new FeedSettings(
                kind,
                venue.uri().toString(),
                kind.equals("coinbase")
                        ? ""
                        : "http://127.0.0.1:" + rest.getAddress().getPort(),
                30_000,
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
        String name = kind.equals("binance") ? "BINANCE" : "COINBASE";
        VenueSource source = new VenueSource(
                new Venue(settings, options, 0, List.of(Instrument.of(name, "A-USD"), Instrument.of(name, "B-USD"))),
                key -> key.contains("B-USD") ? 1 : 0);
        sources.add(source);
        source.assigned(owned(partitions));
        return source;
    }

    private static SortedMap<Integer, Map<String, String>> owned(int... partitions) {
        SortedMap<Integer, Map<String, String>> owned = new TreeMap<>();
        for (int partition : partitions) {
            owned.put(partition, Map.of());
        }
        return owned;
    }

    private static String product(String id, String fields) {
        return "{\"id\":\"" + id + "\"," + fields + "}";
    }

    /** As large as the venue's: hundreds of products and currencies around those of the test. */
    private static String message(String... products) {
        StringBuilder text = new StringBuilder("{\"type\":\"status\",\"products\":[");
        for (int i = 0; i < 600; i++) {
            text.append(product("X" + i + "-USD", ONLINE + ",\"text\":\"" + "x".repeat(500) + "\""))
                    .append(',');
        }
        text.append(String.join(",", products)).append("],\"currencies\":[");
        return text.append("{\"id\":\"USD\",\"details\":{\"type\":\"fiat\"}}]}").toString();
    }

    private static String part(String product) {
        return "{\"type\":\"status\",\"products\":[" + product + "]}";
    }

    private static String match(String product, int id) {
        return "{\"type\":\"match\",\"trade_id\":" + id + ",\"product_id\":\"" + product + "\"}";
    }

    /** The next messages, apart from what the feed says itself. */
    private static List<String> take(VenueSource source, int count) throws InterruptedException {
        List<String> got = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (got.size() < count && System.nanoTime() < end) {
            for (Received each : source.poll(count - got.size(), 20)) {
                if (!each.channel().equals("feed-status")) {
                    got.add(each.payload());
                }
            }
        }
        assertThat(got).hasSize(count);
        return got;
    }

    private void awaitAsked(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (asked.size() < count && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(asked).hasSizeGreaterThanOrEqualTo(count);
    }

    @Test
    void each_products_part_is_passed_on_when_it_changes_and_only_then() throws InterruptedException {
        VenueSource source = source("coinbase", false, 0, 1);
        assertThat(venue.statusRequest()).isEqualTo("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"status\"}]}");
        venue.request();
        String a = product("A-USD", ONLINE);
        String b = product("B-USD", ONLINE);
        venue.say(message(a, b));
        venue.say(message(b, a));
        venue.say(message(a, product("B-USD", CANCEL_ONLY)));
        venue.say(message());
        venue.say(message(a, product("B-USD", CANCEL_ONLY)));
        venue.say(message(a, b));
        venue.say(match("A-USD", 1));

        assertThat(take(source, 5))
                .containsExactly(part(a), part(b), part(product("B-USD", CANCEL_ONLY)), part(b), match("A-USD", 1));
        assertThat(source.counters()).containsEntry("received", 7L).containsEntry("unowned", 0L);
    }

    @Test
    void two_workers_each_pass_on_their_own_products_and_a_new_owner_tells_it_again() throws InterruptedException {
        VenueSource one = source("coinbase", false, 0);
        venue.request();
        String text = message(product("A-USD", CANCEL_ONLY), product("B-USD", ONLINE));
        venue.say(text);
        assertThat(take(one, 1)).containsExactly(part(product("A-USD", CANCEL_ONLY)));

        VenueSource two = source("coinbase", false, 1);
        venue.request();
        venue.say(text);
        assertThat(take(two, 1)).containsExactly(part(product("B-USD", ONLINE)));

        two.assigned(owned(0, 1));
        venue.request();
        venue.say(text);
        venue.say(match("B-USD", 1));
        assertThat(take(two, 2)).containsExactly(part(product("A-USD", CANCEL_ONLY)), match("B-USD", 1));
    }

    @Test
    void after_a_new_connection_the_status_is_told_again_though_it_did_not_change() throws InterruptedException {
        VenueSource source = source("coinbase", false, 0);
        venue.request();
        venue.say(message(product("A-USD", CANCEL_ONLY)));
        take(source, 1);
        venue.dropClient();
        venue.statusRequest();
        venue.statusRequest();
        venue.request();
        venue.say(message(product("A-USD", CANCEL_ONLY)));
        venue.say(match("A-USD", 1));

        assertThat(take(source, 2)).containsExactly(part(product("A-USD", CANCEL_ONLY)), match("A-USD", 1));
    }

    @Test
    void a_connection_that_tells_only_the_status_is_as_dead_as_a_silent_one() throws InterruptedException {
        FeedSettings settings = new FeedSettings(
                "coinbase",
                venue.uri().toString(),
                "",
                400,
                1,
                20,
                10,
                20,
                false,
                "level2_batch",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE);
        Instrument a = Instrument.of("COINBASE:A-USD");
        VenueSource source =
                new VenueSource(new Venue(settings, FeedOptions.of(false, folder), 0, List.of(a)), key -> 0);
        sources.add(source);
        source.assigned(owned(0));
        venue.request();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (source.counters().get("disconnects") == 0 && System.nanoTime() < end) {
            venue.say("{\"type\":\"status\",\"products\":[" + product("A-USD", ONLINE) + "]}");
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(source.counters().get("disconnects")).isPositive();
    }

    @Test
    void in_a_replay_each_recorded_part_counts_as_a_message_of_its_product() throws InterruptedException {
        VenueSource source = source("coinbase", true, 0, 1);
        assertThat(venue.request()).contains("\"resume\"");
        String a = part(product("A-USD", CANCEL_ONLY));
        venue.say(a);
        venue.say(a);
        venue.say(match("A-USD", 1));
        List<Received> got = new ArrayList<>();
        while (got.size() < 3) {
            got.addAll(source.poll(3, 50));
        }
        assertThat(got).extracting(Received::position).containsExactly("1", "2", "3");
        assertThat(got).extracting(Received::instrument).containsOnly(Instrument.of("COINBASE:A-USD"));
    }

    private static String symbol(String name, String status) {
        return "{\"symbol\":\"" + name + "\",\"status\":\"" + status + "\",\"orderTypes\":[\"LIMIT\",\"MARKET\"]}";
    }

    private static String exchangeInfo(String... symbols) {
        return "{\"timezone\":\"UTC\",\"serverTime\":1,\"rateLimits\":[],\"symbols\":[" + String.join(",", symbols)
                + "]}";
    }

    @Test
    void binance_is_asked_again_and_again_and_tells_each_change_once() throws InterruptedException {
        answer = path -> path.contains("depth")
                ? "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}"
                : exchangeInfo(symbol("A-USD", "TRADING"), symbol("B-USD", "TRADING"));
        VenueSource source = source("binance", false, 0);
        venue.request();
        assertThat(takeStatuses(source, 1)).containsExactly("{\"symbols\":[" + symbol("A-USD", "TRADING") + "]}");
        assertThat(asked).contains("/api/v3/exchangeInfo?symbols=[\"A-USD\"]&showPermissionSets=false");

        answer = path -> exchangeInfo(symbol("A-USD", "HALT"));
        assertThat(takeStatuses(source, 1)).containsExactly("{\"symbols\":[" + symbol("A-USD", "HALT") + "]}");
        int before = asked.size();
        awaitAsked(before + 5);
        venue.dropClient();
        assertThat(takeStatuses(source, 1))
                .as("the next that is told is told because of the new connection")
                .containsExactly("{\"symbols\":[" + symbol("A-USD", "HALT") + "]}");
        assertThat(source.counters()).containsEntry("status_failures_in_a_row", 0L);
    }

    @Test
    void failures_of_that_request_are_counted_and_the_book_goes_on() throws InterruptedException {
        answer = path -> path.contains("depth") ? "{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}" : null;
        VenueSource source = source("binance", false, 0);
        venue.request();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (source.counters().get("status_failures_in_a_row") < 3 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(source.counters().get("status_failures_in_a_row")).isGreaterThanOrEqualTo(3);
        assertThat(source.counters().get("rest_failures")).isGreaterThanOrEqualTo(3);
        assertThat(take(source, 1)).containsExactly("{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}");
        assertThat(source.counters()).containsEntry("connects", 1L).containsEntry("disconnects", 0L);

        answer = path -> exchangeInfo(symbol("A-USD", "BREAK"));
        assertThat(takeStatuses(source, 1)).containsExactly("{\"symbols\":[" + symbol("A-USD", "BREAK") + "]}");
        while (source.counters().get("status_failures_in_a_row") > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(source.counters()).containsEntry("status_failures_in_a_row", 0L);
    }

    @Test
    void a_symbol_that_binance_does_not_know_hides_no_other_symbols_status() throws InterruptedException {
        answer = path -> path.contains("A-USD")
                ? "400{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"
                : exchangeInfo(symbol("B-USD", "HALT"));
        VenueSource source = source("binance", false, 0, 1);
        venue.request();
        assertThat(takeStatuses(source, 1)).containsExactly("{\"symbols\":[" + symbol("B-USD", "HALT") + "]}");
        int before = asked.size();
        awaitAsked(before + 3);
        assertThat(List.copyOf(asked).subList(before + 1, before + 3))
                .filteredOn(path -> path.contains("exchangeInfo"))
                .noneMatch(path -> path.contains("A-USD"));
    }

    @Test
    void coinbase_over_rest_is_asked_for_each_product() throws InterruptedException {
        answer = path -> path.endsWith("/products/A-USD")
                ? product("A-USD", CANCEL_ONLY)
                : path.contains("ticker") ? "{\"bid\":\"1\"}" : "[]";
        VenueSource source = source("coinbase-rest", false, 0);
        List<Received> got = new ArrayList<>();
        while (got.stream().filter(each -> each.channel().equals("rest-ticker")).count() < 4) {
            got.addAll(source.poll(10, 50));
        }
        assertThat(got)
                .filteredOn(each -> each.channel().equals("rest-product"))
                .extracting(Received::payload)
                .containsExactly(product("A-USD", CANCEL_ONLY));
    }

    private static List<String> takeStatuses(VenueSource source, int count) throws InterruptedException {
        List<String> got = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (got.size() < count && System.nanoTime() < end) {
            for (Received each : source.poll(1, 20)) {
                if (each.channel().equals("exchangeInfo")) {
                    got.add(each.payload());
                }
            }
        }
        assertThat(got).hasSize(count);
        return got;
    }
}
