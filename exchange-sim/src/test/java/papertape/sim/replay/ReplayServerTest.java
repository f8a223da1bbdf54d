package papertape.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.sim.SharedData;
import papertape.sim.TestClient;

class ReplayServerTest {
    private static final double MAX = Double.POSITIVE_INFINITY;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void sendsOneSubscriberTheWholeFileInItsOrder() throws Exception {
        Recording recording = numbered(3000, "A-B", "C-D");
        TestClient client = client(serve(recording));
        client.send(subscribe("", "A-B", "C-D"));
        client.awaitCount(3000);
        assertThat(client.received()).isEqualTo(texts(recording, 0, "A-B", "C-D", "*"));
    }

    @Test
    void waitsUntilEveryProductHasASubscriber() throws Exception {
        ReplayServer server = serve(numbered(100, "A-B", "C-D"));
        TestClient first = client(server);
        first.send(subscribe("", "A-B"));
        TestClient second = client(server);
        second.send(subscribe("", "NOT-RECORDED"));
        awaitReply(second);
        assertThat(server.position()).isZero();
        second.send(subscribe("", "C-D"));
        first.await("all", server::done);
    }

    @Test
    void sharesTheProductsOverConnectionsWithTheRestGoingToTheFirst() throws Exception {
        Recording recording = numbered(3000, "A-B", "C-D");
        ReplayServer server = serve(recording);
        TestClient first = client(server);
        first.send(subscribe("", "A-B"));
        awaitReply(first);
        TestClient second = client(server);
        second.send(subscribe("", "C-D"));
        List<String> firsts = texts(recording, 0, "A-B", "*");
        List<String> seconds = texts(recording, 0, "C-D");
        first.awaitCount(firsts.size());
        second.awaitCount(seconds.size());
        assertThat(first.received()).isEqualTo(firsts);
        assertThat(second.received()).isEqualTo(seconds);
    }

    @Test
    void theRestGoesToTheConnectionThatNamesItsPosition() throws Exception {
        Recording recording = numbered(3000, "A-B", "C-D");
        ReplayServer server = serve(recording);
        TestClient first = client(server);
        first.send(subscribe("", "A-B"));
        awaitReply(first);
        TestClient second = client(server);
        second.send(subscribe("\"*\":0", "C-D"));
        first.awaitCount(texts(recording, 0, "A-B").size());
        List<String> seconds = texts(recording, 0, "C-D", "*");
        second.awaitCount(seconds.size());
        assertThat(second.received()).isEqualTo(seconds);
        assertThat(first.received()).isEqualTo(texts(recording, 0, "A-B"));
    }

    @Test
    void continuesAfterTheMessagesTheClientHas() throws Exception {
        Recording recording = numbered(300, "A-B", "C-D");
        ReplayServer server = serve(recording);
        TestClient client = client(server);
        client.send(subscribe("\"A-B\":50,\"*\":2", "A-B", "C-D"));
        client.await("all", server::done);
        int already = 52;
        client.awaitCount(300 - already);
        assertThat(client.received(text -> text.contains("A-B"))).isEqualTo(texts(recording, 50, "A-B"));
        assertThat(client.received(text -> text.contains("C-D"))).isEqualTo(texts(recording, 0, "C-D"));
        assertThat(client.received(text -> !text.contains("product_id"))).isEqualTo(texts(recording, 2, "*"));
    }

    @Test
    void aDroppedConnectionsProductsGoOnWhereTheNextOneSays() throws Exception {
        Recording recording = numbered(600, "A-B", "C-D");
        ReplayServer server = serve(recording);
        TestClient first = client(server);
        first.send(subscribe("", "A-B"));
        awaitReply(first);
        TestClient second = client(server);
        second.send(subscribe("", "C-D"));
        second.await("all", server::done);
        first.closeBlocking();
        TestClient third = client(server);
        third.send(subscribe("\"A-B\":120,\"*\":1", "A-B"));
        List<String> again = texts(recording, 120, "A-B");
        List<String> rest = texts(recording, 1, "*");
        third.awaitCount(again.size() + rest.size());
        assertThat(third.received(text -> text.contains("A-B"))).isEqualTo(again);
        assertThat(third.received(text -> !text.contains("product_id"))).isEqualTo(rest);
        assertThat(server.done()).isTrue();
    }

    @Test
    void theOthersPlayOnWhileAProductHasNoConnection() throws Exception {
        Recording recording = timed(200, 10_000, "A-B", "C-D");
        ReplayServer server = new ReplayServer(recording, 0, 1);
        open.add(server);
        TestClient first = client(server);
        first.send(subscribe("", "A-B"));
        TestClient second = client(server);
        second.send(subscribe("", "C-D"));
        first.awaitCount(3);
        first.closeBlocking();
        List<String> seconds = texts(recording, 0, "C-D");
        second.await(
                "the whole of C-D",
                () -> second.received(text -> text.contains("C-D")).size() == seconds.size());
        assertThat(server.done()).isFalse();
        assertThat(second.received(text -> text.contains("A-B"))).isEmpty();
    }

    @Test
    void aSubscriptionTakesTheProductFromALiveConnection() throws Exception {
        Recording recording = numbered(400, "A-B");
        ReplayServer server = serve(recording);
        TestClient first = client(server);
        first.send(subscribe("", "A-B"));
        first.await("all", server::done);
        first.awaitCount(400);
        TestClient second = client(server);
        second.send(subscribe("\"A-B\":10", "A-B"));
        List<String> again = texts(recording, 10, "A-B");
        second.awaitCount(again.size());
        assertThat(second.received()).isEqualTo(again);
        assertThat(first.received()).hasSize(400);
    }

    @Test
    void anUnsubscribedProductPauses() throws Exception {
        Recording recording = timed(100, 10_000, "A-B", "C-D");
        ReplayServer server = new ReplayServer(recording, 0, 1);
        open.add(server);
        TestClient client = client(server);
        client.send(subscribe("", "A-B", "C-D"));
        client.awaitCount(1);
        client.send("{\"type\":\"unsubscribe\",\"product_ids\":[\"A-B\"],\"channels\":[\"level2\"]}");
        int seconds = texts(recording, 0, "C-D").size();
        client.await("C-D", () -> client.received(text -> text.contains("C-D")).size() == seconds);
        assertThat(server.done()).isFalse();
    }

    @Test
    void keepsTheRecordedPaceTimesTheSpeed() throws Exception {
        Recording recording = timed(51, 20_000, "A-B");
        long start = System.nanoTime();
        ReplayServer server = new ReplayServer(recording, 0, 4);
        open.add(server);
        TestClient client = client(server);
        client.send(subscribe("", "A-B"));
        client.awaitCount(51);
        assertThat(System.nanoTime() - start).isGreaterThan(240_000_000L);
    }

    @Test
    void refusesARequestItCannotRead() throws Exception {
        ReplayServer server = serve(numbered(10, "A-B"));
        TestClient wrong = client(server);
        wrong.send("{\"type\":\"hello\"}");
        wrong.await("close", wrong::hasClosed);
        assertThat(wrong.closeReason()).contains("accepted: subscribe, unsubscribe");
        TestClient beyond = client(server);
        beyond.send(subscribe("\"A-B\":11", "A-B"));
        beyond.await("close", beyond::hasClosed);
        assertThat(beyond.closeReason()).contains("resume of A-B is 11");
    }

    @Test
    void playsTheRecordedCoinbaseFile() throws Exception {
        Recording recording = Recording.read(SharedData.file("coinbase-2021-04-17.tsv.gz"), VenueProtocol.COINBASE);
        String[] products = recording.products().toArray(String[]::new);
        TestClient client = client(serve(recording));
        client.send(subscribe("", products));
        client.awaitCount(5926);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < recording.size(); i++) {
            expected.add(recording.line(i).text());
        }
        assertThat(client.received()).isEqualTo(expected);
    }

    @Test
    void playsTheRecordedBinanceFile() throws Exception {
        Recording recording = Recording.read(SharedData.file("binance-2021-10-12.tsv.gz"), VenueProtocol.BINANCE);
        ReplayServer server = serve(recording);
        TestClient client = client(server);
        client.send(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"nknusdt@depth@100ms\",\"nknusdt@bookTicker\",\"lrcbtc@aggTrade\","
                        + "\"blzeth@depth@100ms\",\"runeeur@depth@100ms\"],\"id\":1,\"resume\":{\"NKNUSDT\":100}}");
        client.awaitCount(165);
        client.await("all", server::done);
        assertThat(client.received()).hasSize(165).noneMatch(text -> text.contains("result"));
    }

    private ReplayServer serve(Recording recording) throws IOException {
        ReplayServer server = new ReplayServer(recording, 0, MAX);
        open.add(server);
        return server;
    }

    private TestClient client(ReplayServer server) throws InterruptedException {
        TestClient client = TestClient.connect(server.port());
        open.add(client::close);
        return client;
    }

    /** Requests are handled in turn on one thread, so a refused one on another connection shows the earlier are done. */
    private void awaitReply(TestClient after) throws InterruptedException {
        TestClient probe = TestClient.connect(after.getURI().getPort());
        probe.send("{}");
        probe.await("close", probe::hasClosed);
    }

    private static String subscribe(String resume, String... products) {
        return "{\"type\":\"subscribe\",\"product_ids\":[\"" + String.join("\",\"", products)
                + "\"],\"channels\":[\"level2\",\"matches\"],\"resume\":{" + resume + "}}";
    }

    private Recording numbered(int lines, String... products) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            text.append("0\t{\"type\":\"subscriptions\",\"n\":").append(i).append("}\n");
        }
        for (int i = 3; i < lines; i++) {
            String product = products[i * 7 % 5 % products.length];
            text.append(i)
                    .append("\t{\"product_id\":\"")
                    .append(product)
                    .append("\",\"n\":")
                    .append(i)
                    .append("}\n");
        }
        if (products.length == 1) {
            text.delete(0, text.indexOf("3\t{\"product_id\""));
            for (int i = 0; i < 3; i++) {
                text.append("9\t{\"product_id\":\"A-B\",\"late\":").append(i).append("}\n");
            }
        }
        return written(text);
    }

    private Recording timed(int lines, int stepMicros, String... products) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append((long) i * stepMicros).append("\t{\"product_id\":\"").append(products[i % products.length]);
            text.append("\",\"n\":").append(i).append("}\n");
        }
        return written(text);
    }

    private Recording written(CharSequence text) throws IOException {
        Path file = folder.resolve("r.tsv");
        Files.writeString(file, text);
        return Recording.read(file, VenueProtocol.COINBASE);
    }

    private static List<String> texts(Recording recording, int from, String... products) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < recording.size(); i++) {
            if (List.of(products).contains(recording.line(i).product())) {
                texts.add(recording.line(i).text());
            }
        }
        return texts.subList(from, texts.size());
    }
}
