package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.java_websocket.WebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.RedisServer;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.Raw;
import papertape.common.message.Trade;
import papertape.common.runtime.Input;
import papertape.common.runtime.Service;
import papertape.common.runtime.Worker;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.etl.EtlStage;
import papertape.etl.venue.CoinbaseAdapter;
import papertape.etl.venue.VenueEvent;
import papertape.feed.FeedOptions;
import papertape.feed.VenueSource;

/**
 * Malformed and hostile text of a venue, through the feed and ETL over a real Redis: what cannot be read is a dead letter
 * each, and every good trade between them comes out once, in order. What ends the connection is survived by a new one.
 * {@code -Dhostile.venueTexts=1000000} sends more, {@code -Dhostile.seed} others.
 */
class HostileVenueTest {
    private static final int TEXTS = Integer.getInteger("hostile.venueTexts", 20_000);
    private static final long SEED = Long.getLong("hostile.seed", 11);
    private static final int GOOD_EVERY = 20;
    private static final int BINARY_EVERY = 20;
    private static final int DROP_EVERY = Math.max(5_000, TEXTS / 100);
    private static final int AHEAD = 2_000;
    private static final int TOO_LONG_FOR_THE_FEED = (16 << 20) + 1;
    /** Readable hostile messages are about the last of them only, so that the others' trades can be foretold. */
    private static final List<String> PRODUCTS = List.of("BTC-USD", "ETH-USD", "SOL-USD");

    private static final List<String> GOOD_PRODUCTS = List.of("BTC-USD", "ETH-USD");

    @TempDir
    private Path folder;

    private final MessageCodec codec = new MessageCodec();
    private final CoinbaseAdapter adapter = new CoinbaseAdapter();
    private final AtomicReference<VenueSource> source = new AtomicReference<>();
    private final List<Thread> workers = new ArrayList<>();
    private final List<Worker> running = new ArrayList<>();
    private final Map<String, Long> read = new HashMap<>();
    private final Map<String, Long> goodSent = new HashMap<>();
    private final Map<String, Long> goodSeen = new HashMap<>();
    private long sent;
    private long unowned;
    private long drops;
    private long lettersExpected;
    private long letters;
    private long lettersOfFeed;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void everyTextThatCannotBeReadIsADeadLetterAndEveryGoodTradeComesOutOnce() throws Exception {
        int port = freePort();
        Process server = new ProcessBuilder(
                        RedisServer.program(new Home(folder)).toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        HostileVenue venue = new HostileVenue();
        try {
            Config config = config("redis://127.0.0.1:" + port, venue.url());
            try (Redis redis = connect(config)) {
                run(config, new Bus(redis, Keys.of(config.bus().namespace())), venue);
            }
        } finally {
            running.forEach(Worker::stop);
            for (Thread each : workers) {
                each.join(20_000);
            }
            venue.stop(1_000);
            server.destroy();
        }
    }

    private static Config config(String redis, String venue) {
        return ConfigReader.defaults(Map.of(
                "PAPERTAPE_REDIS_URL", redis,
                "PAPERTAPE_BUS_PARTITIONS", "4",
                "PAPERTAPE_BUS_LEASE_MS", "60000",
                "PAPERTAPE_BUS_JOURNAL_TAIL", "50000",
                "PAPERTAPE_FEED_KIND", "sim",
                "PAPERTAPE_FEED_URL", venue,
                "PAPERTAPE_FEED_SILENCE_MS", "600000",
                "PAPERTAPE_FEED_BACKOFF_MIN_MS", "10",
                "PAPERTAPE_FEED_BACKOFF_MAX_MS", "200"));
    }

    private static Redis connect(Config config) {
        AtomicReference<Redis> redis = new AtomicReference<>();
        until(() -> {
            try {
                redis.set(Redis.connect(config.redis(), "test"));
                return true;
            } catch (Redis.Unavailable e) {
                return false;
            }
        });
        return redis.get();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start(Service service, Config config) {
        Worker worker = service.worker(config);
        running.add(worker);
        Thread thread = new Thread(worker::run, "worker");
        thread.setDaemon(true);
        thread.start();
        workers.add(thread);
    }

    private void run(Config config, Bus bus, HostileVenue venue) throws Exception {
        start(
                Service.source("feed", any -> {
                    FeedOptions options = FeedOptions.fromEnvironment(Map.of("PAPERTAPE_DATA", folder.toString()));
                    source.set(new VenueSource(config, options));
                    return source.get();
                }),
                config);
        start(
                Service.stage("etl", List.of(Input.all(Channel.RAW)), any -> context -> new EtlStage(config, context)),
                config);
        until(() -> venue.hasSubscriberFor(PRODUCTS)
                && !bus.owners("etl", config.bus().partitions()).contains(""));

        long begin = System.nanoTime();
        HostileVenueText texts =
                new HostileVenueText(SEED, PRODUCTS, config.bus().maxFrameBytes());
        while (sent < TEXTS) {
            for (int i = 0; i < 500; i++) {
                sayOne(venue.subscriber(), texts, config);
            }
            readOn(bus, config);
            untilReceived(sent - AHEAD);
            if (sent / DROP_EVERY > drops) {
                drop(venue, texts);
            }
        }
        untilReceived(sent);
        Rest rest = new Rest();
        until(() -> {
            readOn(bus, config);
            return rest.isReached(Progress.of(bus, config.bus().partitions())) || !areAlive();
        });

        assertThat(areAlive()).as("the workers live").isTrue();
        assertThat(wrong).as("seed %s", SEED).isEmpty();
        assertThat(goodSeen).as("good trades, seed %s", SEED).isEqualTo(goodSent);
        assertThat(letters).as("dead letters, seed %s", SEED).isEqualTo(lettersExpected);
        assertThat(source.get().counters())
                .as("what the feed has counted, seed %s", SEED)
                .containsEntry("received", sent)
                .containsEntry("unowned", unowned)
                .containsEntry("disconnects", drops);
        System.out.printf(
                "hostile text of a venue: %d sent, %d dead letters (%d of them of the feed), %d of unknown products,"
                        + " %d good trades, %d connections ended, %d s, seed %d%n",
                sent,
                letters,
                lettersOfFeed,
                unowned,
                goodSent.values().stream().mapToLong(Long::longValue).sum(),
                drops,
                (System.nanoTime() - begin) / 1_000_000_000,
                SEED);
    }

    private void sayOne(WebSocket client, HostileVenueText texts, Config config) {
        if (sent++ % GOOD_EVERY == 0) {
            String product = GOOD_PRODUCTS.get((int) (sent % GOOD_PRODUCTS.size()));
            client.send(good(product, goodSent.merge(product, 1L, Long::sum)));
            return;
        }
        if (texts.oneIn(BINARY_EVERY)) {
            byte[] bytes = texts.random();
            expect(new String(bytes, StandardCharsets.UTF_8), config);
            client.send(bytes);
            return;
        }
        String text = texts.next();
        while (isReadable(text) && isAboutGoodProduct(text)) {
            text = texts.next();
        }
        expect(text, config);
        client.send(text);
    }

    private static String good(String product, long id) {
        return "{\"type\":\"match\",\"trade_id\":" + id + ",\"side\":\"sell\",\"size\":\"0.25\",\"price\":\"100\","
                + "\"product_id\":\"" + product + "\",\"time\":\"2026-01-31T12:00:00.123456Z\"}";
    }

    /** Counts beforehand what must become of it. */
    private void expect(String text, Config config) {
        String product = product(text);
        boolean isOwned = product == null || PRODUCTS.contains(product);
        if (!isOwned) {
            unowned++;
        } else if (isTooLarge(text, config) || !isReadable(text) || (product == null && !isEmpty(text))) {
            lettersExpected++;
        } else if (product != null) {
            lettersExpected += rowsLeftOut(text);
        }
    }

    /** Each row of a snapshot that cannot be read is left out and is a dead letter. */
    private long rowsLeftOut(String text) {
        return adapter.read("", text).stream()
                .mapToLong(event -> event instanceof VenueEvent.BookChange change
                        ? change.leftOut().size()
                        : 0)
                .sum();
    }

    private boolean isTooLarge(String text, Config config) {
        if (text.length() < config.bus().maxFrameBytes() / 8) {
            return false;
        }
        Raw raw = new Raw(new Header(MessageId.of("feed.0-1"), 1, null, 1), "SIM", null, "unknown", 1, text);
        return codec.encode(raw).getBytes(StandardCharsets.UTF_8).length
                >= config.bus().maxFrameBytes();
    }

    private boolean isReadable(String text) {
        try {
            adapter.read("", text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isEmpty(String text) {
        return adapter.read("", text).isEmpty();
    }

    /** The product that the feed takes a text to be about; null: about the connection. */
    private static @Nullable String product(String text) {
        String product = field(text, "type") == null ? null : field(text, "product_id");
        if (product == null || product.isEmpty()) {
            return null;
        }
        try {
            return Instrument.of("SIM", product).symbol();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isAboutGoodProduct(String text) {
        String product = product(text);
        return product != null && GOOD_PRODUCTS.contains(product);
    }

    private static @Nullable String field(String text, String name) {
        Matcher matcher =
                Pattern.compile('"' + name + "\"[\\x00-\\x20]*:[\\x00-\\x20]*").matcher(text);
        if (!matcher.find() || matcher.end() == text.length() || text.charAt(matcher.end()) != '"') {
            return null;
        }
        int end = text.indexOf('"', matcher.end() + 1);
        return end < 0 ? null : text.substring(matcher.end() + 1, end);
    }

    /** Says what no client may accept, when nothing else is under way, and waits for the next connection. */
    private void drop(HostileVenue venue, HostileVenueText texts) {
        untilReceived(sent);
        WebSocket old = venue.subscriber();
        drops++;
        venue.sayAsText(drops % 4 == 0 ? new byte[TOO_LONG_FOR_THE_FEED] : texts.notUtf8());
        until(() -> venue.isAnother(old));
    }

    private void untilReceived(long count) {
        until(() -> {
            Map<String, Long> counters = source.get().counters();
            assertThat(counters.get("disconnects"))
                    .as("connections ended after %s texts, seed %s", sent, SEED)
                    .isLessThanOrEqualTo(drops);
            return counters.get("received") >= count || !areAlive();
        });
    }

    private boolean areAlive() {
        return workers.stream().allMatch(Thread::isAlive);
    }

    /** Nothing new for three seconds, in which all was read at least once: clocks go on all the time. */
    private static final class Rest {
        private long count = -1;
        private long since;
        private boolean wasRead;

        boolean isReached(Progress now) {
            if (now.count() != count) {
                count = now.count();
                since = System.nanoTime();
                wasRead = false;
            }
            wasRead |= now.behind() == 0;
            return wasRead && System.nanoTime() - since > 3_000_000_000L;
        }
    }

    private void readOn(Bus bus, Config config) {
        for (Channel channel : List.of(Channel.TICKS, Channel.DEADLETTER)) {
            for (int p = 0; p < config.bus().partitions(); p++) {
                readOn(bus, channel, p);
            }
        }
    }

    private void readOn(Bus bus, Channel channel, int partition) {
        String place = channel.text() + "." + partition;
        for (Frame frame : bus.journal().read(channel, partition, read.getOrDefault(place, 0L) + 1, 10_000)) {
            assertThat(frame.seq()).as(place).isEqualTo(read.getOrDefault(place, 0L) + 1);
            read.put(place, frame.last());
            for (int i = 0; i < frame.count(); i++) {
                look(codec.decode(frame.line(i)));
            }
        }
    }

    private void look(Message message) {
        if (message instanceof DeadLetter letter) {
            letters++;
            lettersOfFeed += letter.seq() == 0 ? 1 : 0;
            if (!letter.channel().equals(Channel.RAW.text()) || letter.reason().isBlank()) {
                wrong.add("a dead letter of " + letter.channel() + " for \"" + letter.reason() + "\"");
            }
        } else if (message instanceof Trade trade) {
            String product = trade.instrument().symbol();
            if (GOOD_PRODUCTS.contains(product)) {
                long number = goodSeen.merge(product, 1L, Long::sum);
                if (!trade.tradeId().value().equals(Long.toString(number))) {
                    wrong.add(product + ": trade " + trade.tradeId() + " where " + number + " was due");
                }
            }
        }
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(() -> Objects.requireNonNull(condition.call()));
    }
}
