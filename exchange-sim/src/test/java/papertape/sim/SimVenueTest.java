package papertape.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import papertape.sim.Misbehavior.Action;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimVenueTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BTC = "BTC-USD";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void aSubscriptionIsAnsweredThenBeginsWithASnapshot() throws Exception {
        TestClient client = subscribed(venue(2000), BTC, "level2", "matches");
        client.awaitCount(50);
        assertThat(client.received().get(0))
                .isEqualTo(
                        "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"level2\",\"product_ids\":[\"BTC-USD\"]},"
                                + "{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"]}]}");
        assertThat(type(client.received().get(1))).isEqualTo("snapshot");
        assertThat(client.received().stream().map(SimVenueTest::product)).doesNotContain("ETH-USD");
    }

    @Test
    void theMessagesAfterTheSnapshotFollowItWithoutAGap() throws Exception {
        TestClient client = subscribed(venue(5000), BTC, "level2", "matches");
        client.awaitCount(500);
        assertThat(gaps(client.received())).isZero();
    }

    @Test
    void allChannelsCome() throws Exception {
        TestClient client = subscribed(venue(2000), BTC, "level2_batch", "matches", "ticker", "heartbeat");
        for (String type : List.of("l2update", "match", "ticker", "heartbeat")) {
            client.await(
                    type,
                    () -> !client.received(text -> type(text).equals(type)).isEmpty());
        }
    }

    @Test
    void unsubscribedChannelsStop() throws Exception {
        TestClient client = subscribed(venue(2000), BTC, "level2", "heartbeat");
        client.send("{\"type\":\"unsubscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"level2\"]}");
        client.await(
                "reply",
                () -> client.received(text -> type(text).equals("subscriptions"))
                                .size()
                        == 2);
        client.await("heartbeat", () -> type(client.received().getLast()).equals("heartbeat"));
        List<String> all = client.received();
        int reply = lastIndexOfType(all, "subscriptions");
        assertThat(all.subList(reply, all.size()).stream().map(SimVenueTest::type))
                .doesNotContain("l2update");
    }

    @Test
    void the_status_channel_tells_all_products_at_once_at_a_change_and_over_rest() throws Exception {
        SimVenue venue = venue(100);
        TestClient client = TestClient.connect(venue.port());
        open.add(client::close);
        client.send("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"status\"}]}");
        client.awaitCount(2);
        assertThat(client.received().getFirst())
                .isEqualTo("{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"status\",\"product_ids\":[\"\"]}]}");
        JsonNode products = JSON.readTree(client.received().get(1)).path("products");
        assertThat(products).extracting(each -> each.path("id").asString()).containsExactly("BTC-USD", "ETH-USD");
        assertThat(products).allMatch(each -> each.path("status").asString().equals("online"));

        venue.tell(Misbehavior.of(Action.CANCEL_ONLY, BTC, 0));
        client.awaitCount(3);
        JsonNode changed = JSON.readTree(client.received().get(2)).path("products");
        assertThat(changed.get(0).path("cancel_only").asBoolean()).isTrue();
        assertThat(changed.get(1).path("cancel_only").asBoolean()).isFalse();
        assertThat(get(venue, "/products/BTC-USD").body()).contains("\"cancel_only\":true");

        long begun = System.nanoTime();
        client.awaitCount(4);
        assertThat(System.nanoTime() - begun).as("at an interval").isGreaterThan(1_000_000_000L);
        assertThat(client.received().get(3)).isEqualTo(client.received().get(2));
        control(venue, "{\"action\":\"online\",\"product\":\"BTC-USD\"}");
        client.awaitCount(5);
        assertThat(client.received().get(4)).doesNotContain("\"cancel_only\":true");
    }

    @Test
    void anUnknownProductOrChannelIsAnErrorThatNamesTheAccepted() throws Exception {
        SimVenue venue = venue(100);
        TestClient client = subscribed(venue, "NO-SUCH", "level2");
        client.awaitCount(1);
        assertThat(client.received().getFirst()).contains("\"error\"").contains("BTC-USD, ETH-USD");
        TestClient other = subscribed(venue, BTC, "level9");
        other.awaitCount(1);
        assertThat(other.received().getFirst()).contains("\"error\"").contains("level2_batch");
        other.send("not json");
        other.awaitCount(2);
        assertThat(other.received().get(1)).contains("Malformed request");
    }

    @Test
    void severalClientsGetTheSameText() throws Exception {
        SimVenue venue = unpaced(3000);
        TestClient one = subscribed(venue, BTC, "level2", "matches", "ticker");
        one.awaitCount(2);
        TestClient two = subscribed(venue, BTC, "level2", "matches", "ticker");
        two.awaitCount(2);
        one.send(request("subscribe", "ETH-USD", "ticker"));
        one.await("the end", venue::done);
        long trades = JSON.readTree(venue.stats())
                .path("products")
                .path(BTC)
                .path("trades")
                .longValue();
        for (TestClient client : List.of(one, two)) {
            client.await("all trades", () -> trades(client).size() == trades);
        }
        assertThat(one.received(text -> text.contains("\"l2update\"")))
                .isEqualTo(two.received(text -> text.contains("\"l2update\"")));
        assertThat(trades(one)).isEqualTo(trades(two));
    }

    @Test
    void statsCountTheTradesSentToEachConnection() throws Exception {
        SimVenue venue = unpaced(3000);
        TestClient client = subscribed(venue, BTC, "matches");
        client.send(request("subscribe", "ETH-USD", "matches"));
        client.await("the end", venue::done);
        JsonNode stats = JSON.readTree(rest(venue, "/stats"));
        long printed = stats.path("products").path(BTC).path("trades").longValue();
        JsonNode connection = stats.path("connections").path(0);
        assertThat(connection.path("trades").path(BTC).longValue())
                .isEqualTo(printed)
                .isPositive();
        assertThat(stats.path("products").path(BTC).path("tradesSent").longValue())
                .isEqualTo(printed);
        client.await("all trades", () -> trades(client).size() == printed);
    }

    @Test
    void dropClosesTheConnectionAfterWhatWasSent() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "matches");
        TestClient other = subscribed(venue, "ETH-USD", "matches");
        client.await("a trade", () -> !trades(client).isEmpty());
        control(venue, "{\"action\":\"drop\",\"product\":\"BTC-USD\"}");
        client.await("close", client::hasClosed);
        JsonNode sent = JSON.readTree(venue.stats()).path("connections");
        int counted = 0;
        for (JsonNode connection : sent) {
            counted += connection.path("trades").path(BTC).asInt(0);
        }
        assertThat(trades(client)).hasSize(counted);
        assertThat(other.hasClosed()).isFalse();
    }

    @Test
    void skippedMessagesAreMissing() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "level2", "matches");
        client.awaitCount(20);
        control(venue, "{\"action\":\"skip\",\"product\":\"BTC-USD\",\"count\":3}");
        client.await("a gap", () -> gaps(client.received()) > 0);
        client.awaitCount(client.received().size() + 50);
        assertThat(gaps(client.received())).isEqualTo(3);
    }

    @Test
    void repeatedMessagesComeTwice() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "level2", "matches");
        client.awaitCount(20);
        venue.tell(Misbehavior.of(Action.REPEAT, BTC, 4));
        client.await("copies", () -> copies(client.received()) == 4);
        assertThat(gaps(client.received())).isZero();
    }

    @Test
    void reorderedMessagesChangePlaces() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "level2", "matches");
        client.awaitCount(20);
        venue.tell(Misbehavior.of(Action.REORDER, BTC, 2));
        client.await("steps back", () -> stepsBack(client.received()) == 2);
        client.awaitCount(client.received().size() + 50);
        List<Long> sequences = sequences(client.received());
        assertThat(sequences.stream().sorted().toList())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(sequences.getFirst(), sequences.getFirst() + sequences.size() - 1)
                                .boxed()
                                .toList());
    }

    @Test
    void malformedTextComesBesidesTheRealMessages() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "level2", "matches");
        client.awaitCount(20);
        venue.tell(Misbehavior.of(Action.MALFORMED, BTC, 3));
        client.await(
                "broken text", () -> client.received(SimVenueTest::isBroken).size() == 3);
        assertThat(gaps(client.received(text -> !isBroken(text)))).isZero();
    }

    @Test
    void silenceIsNothingAtAllAndWhatWasPrintedMeanwhileIsLost() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "level2", "matches", "heartbeat");
        TestClient other = subscribed(venue, "ETH-USD", "level2");
        client.awaitCount(20);
        venue.tell(Misbehavior.lasting(Action.SILENCE, BTC, 1));
        long sequence = JSON.readTree(venue.stats())
                .path("products")
                .path(BTC)
                .path("sequence")
                .longValue();
        int others = other.received().size();
        other.awaitCount(others + 500);
        assertThat(sequences(client.received()).getLast()).isLessThanOrEqualTo(sequence);
        client.await("an end", () -> sequences(client.received()).getLast() > sequence);
        assertThat(gaps(client.received())).isGreaterThan(100);
    }

    @Test
    void aHaltStopsTradingUntilResumed() throws Exception {
        SimVenue venue = venue(5000);
        TestClient client = subscribed(venue, BTC, "level2", "matches");
        TestClient other = subscribed(venue, "ETH-USD", "level2");
        client.awaitCount(20);
        venue.tell(Misbehavior.lasting(Action.HALT, BTC, 0));
        long sequence = sequence(venue);
        other.awaitCount(other.received().size() + 500);
        assertThat(sequence(venue)).isEqualTo(sequence);
        venue.tell(Misbehavior.lasting(Action.RESUME, BTC, 0));
        client.await("more", () -> sequences(client.received()).getLast() > sequence + 20);
        assertThat(gaps(client.received())).isZero();
    }

    @Test
    void anUnknownMisbehaviorNamesTheAccepted() throws Exception {
        SimVenue venue = venue(100);
        HttpResponse<String> answer = control(venue, "{\"action\":\"explode\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("drop, skip, repeat");
        assertThatThrownBy(() -> venue.tell(Misbehavior.of(Action.SKIP, "NO-SUCH", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void restShowsProductsBookTickerTradesAndTime() throws Exception {
        SimVenue venue = unpaced(3000);
        TestClient client = subscribed(venue, BTC, "matches");
        client.send(request("subscribe", "ETH-USD", "matches"));
        client.await("the end", venue::done);
        assertThat(JSON.readTree(rest(venue, "/products"))
                        .path(0)
                        .path("quote_increment")
                        .stringValue())
                .isEqualTo("0.01");
        JsonNode book = JSON.readTree(rest(venue, "/products/BTC-USD/book?level=2"));
        assertThat(book.path("bids").size()).isGreaterThan(10);
        assertThat(JSON.readTree(rest(venue, "/products/BTC-USD/book"))
                        .path("asks")
                        .size())
                .isEqualTo(1);
        JsonNode ticker = JSON.readTree(rest(venue, "/products/BTC-USD/ticker"));
        assertThat(ticker.path("bid")).isEqualTo(book.path("bids").path(0).path(0));
        JsonNode trades = JSON.readTree(rest(venue, "/products/BTC-USD/trades?limit=5"));
        assertThat(trades.size()).isEqualTo(5);
        assertThat(trades.path(0).path("trade_id")).isEqualTo(ticker.path("trade_id"));
        long newest = trades.path(0).path("trade_id").longValue();
        JsonNode newer = JSON.readTree(rest(venue, "/products/BTC-USD/trades?before=" + (newest - 2)));
        assertThat(newer.size()).isEqualTo(2);
        assertThat(JSON.readTree(rest(venue, "/time")).path("epoch").isNumber()).isTrue();
        assertThat(get(venue, "/products/NO-SUCH/ticker").statusCode()).isEqualTo(404);
    }

    @Test
    void aClientThatDoesNotReadSlowsTheWholeSimulationDown() throws Exception {
        SimVenue venue = unpaced(2_000_000);
        SilentClient stuck = SilentClient.subscribe(venue.port(), request("subscribe", BTC, "level2"));
        open.add(stuck);
        TestClient client = subscribed(venue, "ETH-USD", "level2");
        long before = -1;
        int unchanged = 0;
        while (unchanged < 5) {
            long now = venue.messages();
            unchanged = now == before && now > 0 ? unchanged + 1 : 0;
            before = now;
            client.await("some time", laterBy(100));
        }
        assertThat(venue.done()).isFalse();
        stuck.close();
        long held = before;
        subscribed(venue, BTC, "level2");
        client.await("more", () -> venue.messages() > held);
    }

    @Test
    void aClientThatDoesNotReadIsCutOffWhereThrottlingIsOff() throws Exception {
        SimVenue venue = open(new SimOptions(1, SimOptions.MAX_RATE, 0, 0, false, 0, 1_700_000_000_000_000L, Map.of()));
        open.add(SilentClient.subscribe(venue.port(), request("subscribe", BTC, "level2")));
        TestClient client = subscribed(venue, "ETH-USD", "heartbeat");
        client.await("the cut", () -> venue.stats().contains("\"open\":false"));
        assertThat(client.hasClosed()).isFalse();
    }

    @Test
    void keepsItsRate() throws Exception {
        SimVenue venue = venue(4000);
        TestClient client = subscribed(venue, BTC, "level2");
        client.awaitCount(10);
        long messages = venue.messages();
        long start = System.nanoTime();
        client.await("a second", laterBy(1000));
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((venue.messages() - messages) / seconds).isBetween(3000.0, 5000.0);
    }

    @Test
    void aBurstComesAtOnceAndTheRateHoldsAfterIt() throws Exception {
        SimVenue venue =
                open(new SimOptions(1, 1000, 0, 0, true, 0, 1_700_000_000_000_000L, Map.of()).withBurst(20_000));
        TestClient client = subscribed(venue, BTC, "level2");
        client.await("some time", laterBy(200));
        assertThat(venue.messages()).as("one product has no subscriber yet").isZero();
        long start = System.nanoTime();
        subscribed(venue, "ETH-USD", "level2");
        client.await("the burst", () -> venue.messages() >= 20_000);
        assertThat((System.nanoTime() - start) / 1e9)
                .as("seconds for 20 s worth of messages")
                .isLessThan(10);
        long messages = venue.messages();
        start = System.nanoTime();
        client.await("a second", laterBy(1000));
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((venue.messages() - messages) / seconds).isBetween(700.0, 1300.0);
    }

    @Test
    void aLiveVenuesTimeIsTheWallClocksHoweverLateItStarts() throws Exception {
        long anHourAgo = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - 3_600_000_000L;
        SimOptions options = new SimOptions(1, 1000, 0, 0, true, 0, anHourAgo, Map.of(), 0, 0, true);
        SimVenue venue = open(options);
        TestClient client = subscribed(venue, BTC, "level2");
        client.await("messages", () -> venue.messages() > 100);
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        assertThat(venue.flow().micros()).isBetween(now - 60_000_000L, now + 60_000_000L);
    }

    @Test
    void aTakenPortGivesWayToTheNext() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SimOptions options = new SimOptions(1, 100, taken.getLocalPort(), 0, true, 0, 0, Map.of());
            assertThatThrownBy(() -> SimVenue.open(options, SimMain.instruments(BTC)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            SimVenue venue = SimMain.openOnFreePorts(options, SimMain.instruments(BTC));
            open.add(venue);
            assertThat(venue.port()).isNotEqualTo(taken.getLocalPort());
        }
    }

    private SimVenue venue(int rate) throws IOException {
        return open(new SimOptions(1, rate, 0, 0, true, 0, 1_700_000_000_000_000L, Map.of()));
    }

    private SimVenue unpaced(long messages) throws IOException {
        return open(new SimOptions(1, SimOptions.MAX_RATE, 0, 0, true, messages, 1_700_000_000_000_000L, Map.of()));
    }

    private SimVenue open(SimOptions options) throws IOException {
        SimVenue venue = SimVenue.open(options, SimMain.instruments("BTC-USD,ETH-USD"));
        open.add(venue);
        return venue;
    }

    private TestClient subscribed(SimVenue venue, String product, String... channels) throws InterruptedException {
        TestClient client = TestClient.connect(venue.port());
        open.add(client::close);
        client.send(request("subscribe", product, channels));
        return client;
    }

    private static String request(String type, String product, String... channels) {
        return "{\"type\":\"" + type + "\",\"product_ids\":[\"" + product + "\"],\"channels\":[\""
                + String.join("\",\"", channels) + "\"]}";
    }

    private static String rest(SimVenue venue, String path) throws Exception {
        HttpResponse<String> answer = get(venue, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> get(SimVenue venue, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(venue, path)).GET().build());
    }

    private static HttpResponse<String> control(SimVenue venue, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(venue, "/control"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI uri(SimVenue venue, String path) {
        return URI.create("http://127.0.0.1:" + venue.restPort() + path);
    }

    private static BooleanSupplier laterBy(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        return () -> System.nanoTime() > end;
    }

    private static long sequence(SimVenue venue) {
        return JSON.readTree(venue.stats())
                .path("products")
                .path(BTC)
                .path("sequence")
                .longValue();
    }

    private static List<String> trades(TestClient client) {
        return client.received(text -> text.contains("\"match\"") && text.contains(BTC));
    }

    private static String type(String text) {
        return isBroken(text) ? "" : JSON.readTree(text).path("type").stringValue();
    }

    private static String product(String text) {
        return JSON.readTree(text).path("product_id").asString("");
    }

    private static int lastIndexOfType(List<String> texts, String type) {
        return texts.stream().map(SimVenueTest::type).toList().lastIndexOf(type);
    }

    private static boolean isBroken(String text) {
        try {
            JSON.readTree(text);
            return false;
        } catch (JacksonException e) {
            return true;
        }
    }

    /** Sequence numbers of the book's updates and the trades, snapshot first. */
    private static List<Long> sequences(List<String> texts) {
        return texts.stream()
                .filter(text -> Set.of("snapshot", "l2update", "match").contains(type(text)))
                .map(text -> JSON.readTree(text).path("sequence").longValue())
                .toList();
    }

    /** Sequence numbers that are missing between the first and the last. */
    private static long gaps(List<String> texts) {
        List<Long> sequences = sequences(texts);
        return sequences.isEmpty()
                ? 0
                : sequences.getLast() - sequences.getFirst() + 1 - new HashSet<>(sequences).size();
    }

    private static long copies(List<String> texts) {
        List<Long> sequences = sequences(texts);
        return sequences.size() - new HashSet<>(sequences).size();
    }

    private static int stepsBack(List<String> texts) {
        List<Long> sequences = sequences(texts);
        int steps = 0;
        for (int i = 1; i < sequences.size(); i++) {
            steps += sequences.get(i) < sequences.get(i - 1) ? 1 : 0;
        }
        return steps;
    }
}
