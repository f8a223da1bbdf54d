package papertape.system;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import papertape.cli.Main;
import papertape.cli.look.Books;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.message.Channel;
import papertape.common.message.Message;
import papertape.look.JournalReader;
import papertape.look.trade.FrontDoor;
import papertape.sim.Misbehavior;
import papertape.sim.SimOptions;
import papertape.sim.SimVenue;

/** A private stack on our own simulated venue, without strategies, with two accounts, and the command line beside it. */
final class TradingStack implements AutoCloseable {
    private static final String SETTINGS = """
            instruments:
              - {name: "SIM:BTC-USD", tick: 0.01, lot: 0.0001, base: BTC, quote: USD}
              - {name: "SIM:ETH-USD", tick: 0.01, lot: 0.0001, base: ETH, quote: USD}
              - {name: "SIM:SOL-USD", tick: 0.01, lot: 0.001, minQty: 0.001, base: SOL, quote: USD}
            strategies: []
            accounts:
              - {name: alpha, deposit: 1000000}
              - {name: beta, type: margin, deposit: 1000000}
            """;

    /** What a command printed and its exit code. */
    record Said(int code, String text) {}

    private final Path folder;
    private final SimVenue venue;
    private Stack stack;
    private Redis redis;

    private TradingStack(Path folder, SimVenue venue) throws IOException {
        this.folder = folder;
        this.venue = venue;
        this.stack = start();
        this.redis = Redis.connect(stack.redisSettings(), "papertape-test");
    }

    /** @param startMicros time of the market's first message; it then runs as the clock does */
    static TradingStack start(Path folder, long seed, int rate, long startMicros, String limits) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder).resolve("settings.yaml"), SETTINGS + limits);
        Config config = ConfigReader.defaults(Map.of(ConfigReader.FILES, file.toString()));
        SimVenue venue =
                SimVenue.open(new SimOptions(seed, rate, 0, 0, true, 0, startMicros, Map.of()), config.instruments());
        try {
            return new TradingStack(folder, venue);
        } catch (IOException | RuntimeException e) {
            venue.close();
            throw e;
        }
    }

    private Stack start() throws IOException {
        Map<String, String> environment = Map.of(
                "PAPERTAPE_BUS_JOURNAL_TAIL",
                "10000000",
                "PAPERTAPE_BUS_LEASE_MS",
                "1500",
                "PAPERTAPE_FEED_REST_URL",
                "http://127.0.0.1:" + venue.restPort());
        return Stack.start(
                new Home(folder),
                new StackOptions(
                        "sim",
                        "ws://127.0.0.1:" + venue.port(),
                        "",
                        Map.of(),
                        "",
                        "",
                        List.of(folder.resolve("settings.yaml")),
                        environment,
                        true),
                System.out::println);
    }

    /** Stops every process and starts them again on the same data; the venue stays. */
    void restart() throws IOException {
        redis.close();
        stack.close();
        stack = start();
        redis = Redis.connect(stack.redisSettings(), "papertape-test");
    }

    Config config() {
        return stack.config();
    }

    /** Has the venue do something. */
    void tell(Misbehavior wrong) {
        venue.tell(wrong);
    }

    Bus bus() {
        return new Bus(redis, Keys.of(stack.config().bus().namespace()));
    }

    FrontDoor door() {
        return new FrontDoor(bus(), stack.config().bus().partitions(), true);
    }

    Books books() {
        return new Books(bus(), stack.config());
    }

    /** Every message of a channel that its journals hold, partition by partition. */
    List<Message> messages(Channel channel) {
        List<Message> all = new ArrayList<>();
        for (int p = 0; p < stack.config().bus().partitions(); p++) {
            new JournalReader(bus()).read(channel, p, "", all::add);
        }
        return all;
    }

    /** Runs a command of the command line on this stack. */
    Said run(String... words) {
        return run(folder, words);
    }

    /** Runs a command of the command line on the stack of a folder. */
    static Said run(Path folder, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--home=" + folder);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int code = Main.commandLine().setOut(out).setErr(out).execute(arguments.toArray(String[]::new));
        out.flush();
        return new Said(code, text.toString());
    }

    /** Clocks do not count. */
    private void awaitNothingNew() throws InterruptedException {
        long count = -1;
        for (int still = 0; still < 10; ) {
            long now = Progress.of(bus(), stack.config().bus().partitions()).count();
            still = now == count ? still + 1 : 0;
            count = now;
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Ends the market and waits until every stage has handled everything. */
    void drain() throws IOException, InterruptedException {
        venue.close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        awaitNothingNew();
        // its clocks go on without a market, and persistence is always a little behind them
        stack.scale(Stages.FEED, 0);
        Progress before = Progress.UNKNOWN;
        for (int still = 0; still < 5; ) {
            Progress now = Progress.of(bus(), stack.config().bus().partitions());
            still = now.equals(before) && now.behind() == 0 ? still + 1 : 0;
            before = now;
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not drained: " + now);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Override
    public void close() {
        redis.close();
        stack.close();
        venue.close();
    }
}
