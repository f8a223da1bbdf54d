package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.chaos.TradeCheck;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;
import papertape.look.Snapshot;
import papertape.sim.Misbehavior;
import papertape.sim.SimOptions;
import papertape.sim.SimVenue;

/**
 * More than the stack can do, and a Redis that is away: memory stays bounded, no trade is lost, and the lag goes away. The
 * times are short; {@code -Dpapertape.overload.seconds=600 -Dpapertape.outage.seconds=60} makes them long.
 */
final class OverloadTest {
    private static final int OVERLOAD_SECONDS = Integer.getInteger("papertape.overload.seconds", 20);
    private static final int OUTAGE_SECONDS = Integer.getInteger("papertape.outage.seconds", 8);
    private static final int MAX_LAG = 2_000;
    private static final int TAIL = 2_000;
    private static final String TAIL_SETTING = "PAPERTAPE_BUS_JOURNAL_TAIL";
    /** Whoever counts the trades while they come looks five times a second. */
    private static final String LIVE_TAIL = "20000";

    private static final String WHOLE = Integer.toString(Integer.MAX_VALUE);
    private static final long MOST_MEMORY = 256L * 1024 * 1024;
    private static final int PATIENCE_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void a_simulation_without_limit_is_slowed_down_and_memory_stays_bounded() throws Exception {
        StackOptions options = new StackOptions(
                "sim",
                "",
                "",
                Map.of(),
                "",
                "",
                List.of(),
                environment(Map.of("PAPERTAPE_SIM_RATE_PER_SECOND", "1000000")),
                true);
        try (Stack stack = Stack.start(new Home(folder), options, System.out::println);
                Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = bus(stack, redis);
            awaitFlow(stack, bus);
            long most = watch(stack, bus, OVERLOAD_SECONDS, () -> {});

            assertThat(most).as("bytes that Redis used at most").isLessThan(MOST_MEMORY);
            Progress sofar = progress(stack, bus);
            stack.scale(Stages.FEED, 0);
            awaitHandled(stack, bus);
            System.out.println(
                    "unlimited simulation: " + sofar.raw() + " messages, redis used at most " + most + " bytes");
        }
    }

    @Test
    void a_live_feed_conflates_quotes_keeps_every_trade_and_catches_up() throws Exception {
        try (SimVenue venue = venue(6_000);
                Stack stack = Stack.start(
                        new Home(folder),
                        live(venue, Map.of("PAPERTAPE_BUS_MAX_LAG", "20", TAIL_SETTING, LIVE_TAIL)),
                        x -> {});
                Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = bus(stack, redis);
            awaitFlow(stack, bus);
            TradeCheck trades = new TradeCheck(bus, partitions(stack), "COINBASE");
            long most = watch(stack, bus, OVERLOAD_SECONDS, trades::follow);
            SlowSignals.await("quotes are conflated", PATIENCE_SECONDS, () -> counter(bus, "conflated") > 0);
            assertComplete(venue, stack, bus, trades, most);
        }
    }

    @Test
    void while_redis_is_away_a_live_feed_spools_and_every_trade_arrives_afterwards() throws Exception {
        try (SimVenue venue = venue(2_500);
                Stack stack = Stack.start(new Home(folder), live(venue, Map.of(TAIL_SETTING, WHOLE)), x -> {});
                Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = bus(stack, redis);
            awaitFlow(stack, bus);
            long pid = Objects.requireNonNull(stack.pids().get("redis"));
            signal("-STOP", pid);
            try {
                long until = venue.messages() + 2_500L * OUTAGE_SECONDS;
                SlowSignals.await("the outage is over", PATIENCE_SECONDS, () -> venue.messages() > until);
            } finally {
                signal("-CONT", pid);
            }
            SlowSignals.await("what was spooled is read back", PATIENCE_SECONDS, () -> counter(bus, "unspooled") > 0);
            assertComplete(venue, stack, bus, new TradeCheck(bus, partitions(stack), "COINBASE"), 0);
        }
    }

    /** Ends the trading and looks at what came of it. */
    private static void assertComplete(SimVenue venue, Stack stack, Bus bus, TradeCheck trades, long memory)
            throws Exception {
        venue.tell(Misbehavior.of(Misbehavior.Action.HALT, null, 1));
        SlowSignals.await("every trade arrives", PATIENCE_SECONDS, () -> {
            heal(stack);
            return trades.run(venue.stats()).isEmpty();
        });
        System.out.println("live: " + trades.count() + " trades, conflated " + counter(bus, "conflated") + ", spooled "
                + counter(bus, "spooled") + ", redis used at most " + memory + " bytes");
        assertThat(trades.count()).isPositive();
        assertThat(memory).as("bytes that Redis used at most").isLessThan(MOST_MEMORY);
        stack.scale(Stages.FEED, 0);
        awaitHandled(stack, bus);
    }

    private static SimVenue venue(int rate) throws IOException {
        List<InstrumentSettings> instruments = ConfigReader.defaults(Map.of()).instruments().stream()
                .filter(each -> each.name().venue().equals("COINBASE"))
                .toList();
        long now = System.currentTimeMillis() * 1_000;
        return SimVenue.open(new SimOptions(7, rate, 0, 0, false, 0, now, new HashMap<>()), instruments);
    }

    private static StackOptions live(SimVenue venue, Map<String, String> more) {
        Map<String, String> environment = environment(more);
        environment.put("PAPERTAPE_FEED_REST_URL", "http://127.0.0.1:" + venue.restPort());
        return new StackOptions(
                "coinbase", "ws://127.0.0.1:" + venue.port(), "", Map.of(), "", "", List.of(), environment, true);
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(
                Map.of("PAPERTAPE_BUS_MAX_LAG", Integer.toString(MAX_LAG), TAIL_SETTING, Integer.toString(TAIL)));
        environment.putAll(more);
        return environment;
    }

    private static Bus bus(Stack stack, Redis redis) {
        return new Bus(redis, Keys.of(stack.config().bus().namespace()));
    }

    private static int partitions(Stack stack) {
        return stack.config().bus().partitions();
    }

    private static Progress progress(Stack stack, Bus bus) {
        return Progress.of(bus, partitions(stack));
    }

    private static void awaitFlow(Stack stack, Bus bus) throws InterruptedException {
        SlowSignals.await("messages flow through all stages", PATIENCE_SECONDS, () -> {
            heal(stack);
            Map<String, Long> sequences = bus.numbered().withoutClocks();
            return sequences.keySet().stream().anyMatch(name -> name.startsWith("ticks."))
                    && bus.workers("execution").size() == 1
                    && bus.workers("pnl").size() == 1;
        });
    }

    /** Lets it run; returns the most memory that Redis used. */
    private static long watch(Stack stack, Bus bus, int seconds, Runnable look) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long most = 0;
        while (System.nanoTime() - deadline < 0) {
            heal(stack);
            most = Math.max(most, memory(bus));
            look.run();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return most;
    }

    private static long memory(Bus bus) {
        String info = Redis.text((byte[]) Objects.requireNonNull(bus.redis().call("INFO", "memory")));
        int from = info.indexOf("used_memory:") + "used_memory:".length();
        return Long.parseLong(info.substring(from, info.indexOf('\r', from)));
    }

    private static void awaitHandled(Stack stack, Bus bus) throws InterruptedException {
        SlowSignals.await("the lag goes away", PATIENCE_SECONDS, () -> {
            heal(stack);
            return progress(stack, bus).behind() == 0;
        });
    }

    private static long counter(Bus bus, String name) {
        return Snapshot.take(bus, 8).stages().getFirst().counters().getOrDefault(name, 0L);
    }

    private static void heal(Stack stack) {
        try {
            stack.heal();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    }
}
