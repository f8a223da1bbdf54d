package papertape.cli.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import papertape.cli.audit.Audit;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;

/**
 * Runs a private stack on the simulated venue, does it harm by a seeded schedule, lets it come to rest and looks whether
 * anything is missing, doubled or wrong.
 */
public final class Chaos {
    private static final String VENUE = "SIM";
    private static final long TICK_MS = 20;
    private static final long STILL_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PRIME_MS = 240_000;

    /**
     * How it is done.
     *
     * @param rate messages a second of the venue
     * @param drainSeconds most time for coming to rest
     * @param environment further settings for every service
     */
    public record Options(
            long seed, long durationMs, int faults, int rate, int drainSeconds, Map<String, String> environment) {}

    private final Options options;
    private final Home home;
    private final Consumer<String> say;
    private final SortedMap<String, Long> byKind = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    public Chaos(Options options, Home home, Consumer<String> say) {
        this.options = options;
        this.home = home;
        this.say = say;
    }

    /** Does it all; the stack has ended then. */
    public ChaosReport run() throws IOException, InterruptedException {
        Proxy[] opened = new Proxy[1];
        try (Stack stack = Stack.start(home, stackOptions(), say, url -> through(opened, url));
                Proxy proxy = opened[0];
                Faults faults = new Faults(stack, proxy)) {
            prime(stack);
            long began = System.nanoTime();
            harm(faults, began);
            double seconds = seconds(began);
            began = System.nanoTime();
            drain(stack, faults);
            double drainSeconds = seconds(began);
            return report(stack, faults, seconds, drainSeconds);
        }
    }

    /** The same URL with the proxy's port, the same proxy for all services. */
    private static String through(Proxy[] opened, String url) {
        int port = URI.create(url).getPort();
        if (opened[0] == null) {
            opened[0] = open(port);
        }
        return url.replaceFirst(":" + port + "(?=/|$)", ":" + opened[0].port());
    }

    private static Proxy open(int port) {
        try {
            return Proxy.open(port);
        } catch (IOException e) {
            throw new IllegalStateException("no port for the proxy", e);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private StackOptions stackOptions() throws IOException {
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.putIfAbsent("PAPERTAPE_BUS_LEASE_MS", "1000");
        environment.putIfAbsent("PAPERTAPE_BUS_JOURNAL_TAIL", Integer.toString(Integer.MAX_VALUE));
        environment.putIfAbsent("PAPERTAPE_REDIS_APPENDFSYNC", "always");
        environment.putIfAbsent("PAPERTAPE_FEED_BACKOFF_MAX_MS", "1000");
        environment.put("PAPERTAPE_SIM_SEED", Long.toString(options.seed()));
        environment.put("PAPERTAPE_SIM_RATE_PER_SECOND", Integer.toString(options.rate()));
        Map<Stages, Integer> workers = new TreeMap<>();
        for (Stages stage : List.of(Stages.FEED, Stages.ETL, Stages.SIGNAL, Stages.EXECUTION)) {
            workers.put(stage, 2);
        }
        Path busy = Files.createDirectories(home.folder()).resolve("chaos.yaml");
        Files.writeString(busy, BUSY);
        return new StackOptions("sim", "", "", workers, "", "", List.of(busy), environment, true);
    }

    /** Strategies that trade often, so that there is money to lose track of. */
    private static final String BUSY = """
            strategies:
              - name: "*"
                instruments: ["*"]
                sizing: notional
                size: 300
                ordType: market
                tif: ioc
              - name: trend
                kind: moving-average-cross
                account: demo
                parameters: {on: trades, fast: 3, slow: 7, everyMs: 700}
              - name: reversion
                kind: rsi-reversion
                account: margin
                parameters: {on: trades, period: 5, low: 35, middle: 50, high: 65, everyMs: 700}
              - name: imbalance
                kind: book-imbalance
                account: demo
                ordType: limit
                tif: gtc
                parameters: {window: 5, enter: 0.6, exit: 0.5, everyMs: 900}
            """;

    /** Waits until messages go through the whole stack. */
    private void prime(Stack stack) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PRIME_MS);
        while (fills(stack) == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "nothing was executed within " + PRIME_MS / 1_000 + " s; logs are in " + home.logs());
            }
            stack.heal();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long fills(Stack stack) throws IOException, InterruptedException {
        return stack.ask(
                "papertape-chaos",
                bus -> bus.numbered().withoutClocks().entrySet().stream()
                        .filter(each -> each.getKey().startsWith("executions."))
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    private static Bus bus(Stack stack, Redis redis) {
        return new Bus(redis, Keys.of(stack.config().bus().namespace()));
    }

    private void harm(Faults faults, long began) throws IOException, InterruptedException {
        List<Schedule.Fault> schedule = Schedule.of(options.seed(), options.faults(), options.durationMs());
        int done = 0;
        for (Schedule.Fault fault : schedule) {
            long due = began + TimeUnit.MILLISECONDS.toNanos(fault.atMs());
            do {
                faults.heal();
                TimeUnit.MILLISECONDS.sleep(TICK_MS);
            } while (System.nanoTime() - due < 0);
            if (faults.inflict(fault)) {
                byKind.merge(fault.kind().text(), 1L, Long::sum);
            }
            if (++done % 50 == 0) {
                say.accept(done + " of " + schedule.size() + " faults, " + Math.round(seconds(began)) + " s");
            }
        }
    }

    /** No new trades; waits until all that were printed are there, ends the feed, and waits until everything is handled. */
    private void drain(Stack stack, Faults faults) throws IOException, InterruptedException {
        faults.healAll();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.drainSeconds());
        while (!isTold(faults)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        for (Stages stage : Stages.values()) {
            stack.scale(stage, 1);
        }
        List<String> missing = List.of("not looked");
        while (!missing.isEmpty() && System.nanoTime() - deadline < 0) {
            faults.heal();
            TimeUnit.MILLISECONDS.sleep(500);
            missing = missingTrades(stack, faults.venueStats());
        }
        problems.addAll(missing);
        stack.scale(Stages.FEED, 0);
        if (!isStill(stack, faults, deadline)) {
            problems.add("still behind after " + options.drainSeconds() + " s: " + progress(stack));
        }
    }

    private static boolean isTold(Faults faults) throws InterruptedException {
        try {
            return faults.tellVenue("{\"action\":\"halt\"}");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> missingTrades(Stack stack, String venueStats) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-chaos")) {
            return new TradeCheck(bus(stack, redis), stack.config().bus().partitions(), VENUE).run(venueStats);
        } catch (Redis.Unavailable | Redis.Refused e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isStill(Stack stack, Faults faults, long deadline) throws IOException, InterruptedException {
        Progress before = Progress.UNKNOWN;
        long since = System.nanoTime();
        while (System.nanoTime() - deadline < 0) {
            faults.heal();
            Progress now = progress(stack);
            if (!now.equals(before) || now.behind() > 0) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STILL_NS) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    private static Progress progress(Stack stack) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-chaos")) {
            return Progress.of(bus(stack, redis), stack.config().bus().partitions());
        } catch (Redis.Unavailable | Redis.Refused e) {
            return Progress.UNKNOWN;
        }
    }

    private ChaosReport report(Stack stack, Faults faults, double seconds, double drainSeconds)
            throws IOException, InterruptedException {
        String venueStats = faults.venueStats();
        return stack.ask("papertape-chaos", bus -> {
            Audit.Result audit = new Audit(bus, stack.config()).run();
            TradeCheck trades = new TradeCheck(bus, stack.config().bus().partitions(), VENUE);
            List<String> found = new ArrayList<>(problems);
            found.addAll(trades.run(venueStats));
            found.addAll(audit.report().problems());
            return new ChaosReport(
                    options.seed(),
                    seconds,
                    drainSeconds,
                    byKind.values().stream().mapToLong(Long::longValue).sum(),
                    byKind,
                    faults.effects(),
                    trades.count(),
                    audit.report().channels(),
                    audit.report().accounts(),
                    found.stream().distinct().toList());
        });
    }
}
