package papertape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.sim.SimVenue;

/** A private stack on fresh data, fed by a simulated venue in this process. */
final class Rig implements AutoCloseable {
    private static final long STEADY_NS = TimeUnit.MINUTES.toNanos(4);
    private static final int STEADY_TIMES = 5;

    final Stack stack;
    final SimVenue venue;
    final Bus bus;
    final int partitions;
    private final Home home;

    private Rig(Home home, Stack stack, SimVenue venue) {
        this.home = home;
        this.stack = stack;
        this.venue = venue;
        this.bus = new Bus(Redis.connect(stack.redisSettings(), "papertape-bench"), keys(stack));
        this.partitions = stack.config().bus().partitions();
    }

    private static Keys keys(Stack stack) {
        return Keys.of(stack.config().bus().namespace());
    }

    Keys keys() {
        return keys(stack);
    }

    /** @param configuration what differs from the shipped configuration, instruments aside */
    static Rig start(Load load, Map<Stages, Integer> workers, String configuration) throws IOException {
        Home home = new Home(Files.createTempDirectory("papertape-bench"));
        SimVenue venue = Market.open(load);
        try {
            Path file = Market.configuration(home.folder().resolve("bench.yaml"), load.instruments(), configuration);
            Map<String, String> environment = new HashMap<>();
            // nothing is trimmed, so that the audit sees all there was
            environment.put("PAPERTAPE_BUS_JOURNAL_TAIL", Integer.toString(Integer.MAX_VALUE));
            environment.put("PAPERTAPE_FEED_REST_URL", "http://127.0.0.1:" + venue.restPort());
            StackOptions options = new StackOptions(
                    "sim", "ws://127.0.0.1:" + venue.port(), "", workers, "", "", List.of(file), environment, true);
            return new Rig(home, Stack.start(home, options, text -> {}), venue);
        } catch (IOException | RuntimeException e) {
            venue.close();
            throw e;
        }
    }

    Progress progress() {
        return Progress.of(bus, partitions);
    }

    /**
     * Waits until the feed has published so many market messages.
     *
     * @throws IOException when it does not
     */
    void awaitPublished(long messages) throws IOException, InterruptedException {
        await("does not publish " + messages + " messages", 20, now -> now.raw() >= messages);
    }

    /**
     * Waits until the venue's burst is over and the stages have come so far that what is behind is what is under way.
     *
     * @throws IOException when that does not happen: the rate is more than this machine takes just now
     */
    void awaitSteady(Load load) throws IOException, InterruptedException {
        for (int i = 0; i < STEADY_TIMES; i++) {
            await(
                    "does not keep up with " + load.rate() + " messages a second",
                    200,
                    now -> now.raw() >= load.burst() && now.behind() < load.rate());
        }
    }

    private void await(String otherwise, long pollMs, Predicate<Progress> condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STEADY_NS;
        Progress now;
        do {
            stack.heal();
            TimeUnit.MILLISECONDS.sleep(pollMs);
            now = progress();
            if (System.nanoTime() > deadline) {
                throw new IOException("the stack " + otherwise + ": " + now);
            }
        } while (!condition.test(now));
    }

    @Override
    public void close() throws IOException {
        bus.redis().close();
        stack.close();
        venue.close();
        if (System.getenv("PAPERTAPE_BENCH_KEEP") == null) {
            delete(home.folder());
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
