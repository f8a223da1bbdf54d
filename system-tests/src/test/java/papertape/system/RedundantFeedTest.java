package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.audit.JournalScan;
import papertape.cli.chaos.TradeCheck;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.value.FeedLine;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.look.Snapshot;
import papertape.look.Snapshot.LineView;
import papertape.sim.Misbehavior;
import papertape.sim.SimOptions;
import papertape.sim.SimVenue;

/**
 * Two lines of feed workers on the simulated venue, without its REST interface, so that nothing that a line has missed can be
 * fetched later: killing one and then the other loses nothing.
 */
final class RedundantFeedTest {
    private static final int RATE = 300;
    private static final int PATIENCE_SECONDS = 240;
    private static final String SETTINGS = """
            instruments:
              - {name: "SIM:BTC-USD", tick: 0.01, lot: 0.0001, base: BTC, quote: USD}
              - {name: "SIM:ETH-USD", tick: 0.01, lot: 0.0001, base: ETH, quote: USD}
            strategies: []
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void either_line_may_be_killed_and_nothing_is_lost_or_doubled() throws Exception {
        try (SimVenue venue = venue();
                Stack stack = Stack.start(new Home(folder), options(venue, 2), System.out::println);
                Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            awaitBoth(stack, bus, 200);

            killAndRevive(stack, bus, "feed-1", FeedLine.B);
            killAndRevive(stack, bus, "feed-2", FeedLine.A);

            String status = status();
            System.out.println(status);
            assertThat(status).contains("feed line", "only this line had");
            assertScaleNeedsALineEach();
            venue.tell(Misbehavior.of(Misbehavior.Action.HALT, null, 1_000));
            assertComplete(venue, stack, bus);
        }
    }

    @Test
    void one_worker_makes_no_redundant_feed() throws Exception {
        try (SimVenue venue = venue()) {
            assertThatThrownBy(() -> Stack.start(new Home(folder), options(venue, 1), System.out::println))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("a redundant feed needs at least 2 feed workers");
        }
    }

    private SimVenue venue() throws Exception {
        Config config =
                ConfigReader.defaults(Map.of(ConfigReader.FILES, settings().toString()));
        long now = System.currentTimeMillis() * 1_000;
        return SimVenue.open(new SimOptions(11, RATE, 0, 0, false, 0, now, new HashMap<>()), config.instruments());
    }

    private Path settings() throws Exception {
        return Files.writeString(folder.resolve("settings.yaml"), SETTINGS);
    }

    private StackOptions options(SimVenue venue, int feeds) throws Exception {
        Map<String, String> environment = Map.of(
                "PAPERTAPE_FEED_REDUNDANT",
                "true",
                "PAPERTAPE_BUS_LEASE_MS",
                "1500",
                "PAPERTAPE_BUS_JOURNAL_TAIL",
                Integer.toString(Integer.MAX_VALUE));
        return new StackOptions(
                "sim",
                "ws://127.0.0.1:" + venue.port(),
                "",
                Map.of(Stages.FEED, feeds, Stages.ETL, 2),
                "",
                "",
                List.of(settings()),
                environment,
                true);
    }

    /** Both lines deliver, and etl has seen that many more messages of both. */
    private static void awaitBoth(Stack stack, Bus bus, long more) throws InterruptedException {
        long before = line(stack, bus, FeedLine.A).both();
        SlowSignals.await("both lines deliver", PATIENCE_SECONDS, () -> {
            LineView a = line(stack, bus, FeedLine.A);
            LineView b = line(stack, bus, FeedLine.B);
            return a.partitionsOwned() == 8 && b.partitionsOwned() == 8 && a.both() >= before + more;
        });
    }

    private static LineView line(Stack stack, Bus bus, FeedLine line) {
        return Snapshot.take(bus, stack.config().bus().partitions()).lines().stream()
                .filter(view -> view.line() == line)
                .findFirst()
                .orElse(new LineView(line, 0, 0, 8, 0, 0, 0, 0));
    }

    private static void killAndRevive(Stack stack, Bus bus, String worker, FeedLine survivor) throws Exception {
        long alone = line(stack, bus, survivor).onlyIt();
        long pid = Objects.requireNonNull(stack.pids().get(worker), worker);
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly)).contains(true);
        SlowSignals.await(
                "what only line " + survivor + " has is counted",
                PATIENCE_SECONDS,
                () -> line(stack, bus, survivor).onlyIt() > alone + RATE);
        stack.revive(worker::equals);
        awaitBoth(stack, bus, 200);
    }

    private String status() {
        return run("status").text();
    }

    private TradingStack.Said run(String... words) {
        return TradingStack.run(folder, words);
    }

    private void assertScaleNeedsALineEach() {
        TradingStack.Said said = run("scale", "feed=1");
        assertThat(said.text()).contains("a redundant feed needs at least 2 feed workers");
        assertThat(said.code()).isEqualTo(2);
    }

    private static void assertComplete(SimVenue venue, Stack stack, Bus bus) throws Exception {
        int partitions = stack.config().bus().partitions();
        TradeCheck trades = new TradeCheck(bus, partitions, "SIM");
        SlowSignals.await(
                "every trade arrives",
                PATIENCE_SECONDS,
                () -> trades.run(venue.stats()).isEmpty());
        Set<String> ids = new HashSet<>();
        Map<Instrument, Map<String, Qty>> books = new HashMap<>();
        List<JournalScan.PartitionCount> counts = new JournalScan(bus, partitions)
                .run(bus.sequences(), (channel, message) -> {
                    if (message instanceof Trade trade) {
                        assertThat(ids.add(trade.instrument() + " " + trade.tradeId()))
                                .as("trade %s once", trade)
                                .isTrue();
                    }
                    apply(channel, message, books);
                });
        assertThat(counts)
                .as("the journals have neither holes nor repetitions")
                .allMatch(count -> count.gaps() == 0 && count.duplicates() == 0);
        System.out.println("redundant feed: " + ids.size() + " trades");
        assertThat(ids).hasSizeGreaterThan(100);
        assertThat(Snapshot.take(bus, partitions).stages().getFirst().counters().getOrDefault("backfilled", 0L))
                .as("nothing could be fetched")
                .isZero();
        for (Map.Entry<Instrument, Map<String, Qty>> book : books.entrySet()) {
            assertThat(book.getValue())
                    .as("the book of %s at the end", book.getKey())
                    .isEqualTo(venuesBook(venue, book.getKey()));
        }
    }

    private static void apply(Channel channel, Message message, Map<Instrument, Map<String, Qty>> books) {
        if (channel == Channel.TICKS && message instanceof Book change) {
            Map<String, Qty> book = books.computeIfAbsent(change.instrument(), any -> new HashMap<>());
            if (change.snapshot()) {
                book.clear();
            }
            change.bids().forEach(level -> set(book, "bid ", level));
            change.asks().forEach(level -> set(book, "ask ", level));
        }
    }

    private static void set(Map<String, Qty> book, String side, Level level) {
        if (level.qty().isZero()) {
            book.remove(side + level.px());
        } else {
            book.put(side + level.px(), level.qty());
        }
    }

    private static Map<String, Qty> venuesBook(SimVenue venue, Instrument instrument) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + venue.restPort() + "/products/" + instrument.symbol() + "/book?level=2");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String text = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Map<String, Qty> book = new HashMap<>();
            tools.jackson.databind.JsonNode json = new tools.jackson.databind.json.JsonMapper().readTree(text);
            json.path("bids").forEach(level -> set(book, "bid ", level(level)));
            json.path("asks").forEach(level -> set(book, "ask ", level(level)));
            return book;
        }
    }

    private static Level level(tools.jackson.databind.JsonNode level) {
        return new Level(
                Price.of(level.path(0).asString()), Qty.of(level.path(1).asString()));
    }
}
