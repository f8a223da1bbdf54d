package papertape.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import papertape.bench.Results.Delays;
import papertape.bench.Results.Grown;
import papertape.cli.stack.Stages;

/**
 * How the cost of a market message grows with what there is of something. The rate of market messages and the number of
 * orders a message leads to stay the same, so that only the one thing changes.
 */
final class Growth {
    private static final int PER_SECOND = 1_000;
    /** What may be queued in front of a stage, all partitions together, so that little of the warm-up is counted. */
    private static final int QUEUED = 8_000;

    private static final int TRADES_PER_SIGNAL = 20;

    /** What there may be more of; the sizes tried. */
    enum Of {
        INSTRUMENTS(10, 100, 1_000),
        STRATEGIES(1, 4, 16),
        ACCOUNTS(1, 10, 100),
        WORKERS(1, 2, 4),
        PARTITIONS(4, 8, 16);

        private final int[] sizes;

        Of(int... sizes) {
            this.sizes = sizes;
        }
    }

    private record Shape(int instruments, int strategies, int accounts, int etlWorkers, int partitions) {
        static final Shape USUAL = new Shape(100, 1, 1, 1, 8);

        Shape with(Of what, int size) {
            return switch (what) {
                case INSTRUMENTS -> new Shape(size, strategies, accounts, etlWorkers, partitions);
                case STRATEGIES -> new Shape(instruments, size, accounts, etlWorkers, partitions);
                case ACCOUNTS -> new Shape(instruments, strategies, size, etlWorkers, partitions);
                case WORKERS -> new Shape(instruments, strategies, accounts, size, partitions);
                case PARTITIONS -> new Shape(instruments, strategies, accounts, etlWorkers, size);
            };
        }
    }

    /** What a shape costs. */
    private record Cost(
            double perSecond, SortedMap<String, Double> cpuMicros, double compilerMicros, List<Delays> delays) {}

    private final long burst;
    private final int seconds;
    private final Consumer<String> say;
    /** The usual shape is a point of every line and is measured once. */
    private final Map<Shape, Cost> measured = new HashMap<>();

    /**
     * @param burst market messages at full speed, of which the second half is what CPU is measured with
     * @param seconds at a rate after them, for the delays
     */
    Growth(long burst, int seconds, Consumer<String> say) {
        this.burst = burst;
        this.seconds = seconds;
        this.say = say;
    }

    /** @param points takes what is found, one by one */
    void measure(List<Grown> points) throws IOException, InterruptedException {
        for (Of what : Of.values()) {
            for (int size : what.sizes) {
                Shape shape = Shape.USUAL.with(what, size);
                Cost cost = measured.get(shape);
                if (cost == null) {
                    cost = cost(shape);
                    measured.put(shape, cost);
                    say.accept(String.format(
                            Locale.ROOT,
                            "growth, %d %s: %.1f us, %.1f of them compilers",
                            size,
                            name(what),
                            cost.cpuMicros.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum(),
                            cost.compilerMicros));
                }
                points.add(point(what, size, cost));
            }
        }
    }

    private static String name(Of what) {
        return what == Of.WORKERS ? "workers of etl" : what.name().toLowerCase(Locale.ROOT);
    }

    private static Grown point(Of what, int size, Cost cost) {
        Delays tick = delays(cost, DelayWatch.TICK);
        Delays fill = delays(cost, DelayWatch.FILL);
        return new Grown(
                name(what),
                size,
                cost.perSecond,
                cost.cpuMicros,
                cost.compilerMicros,
                tick.p50(),
                tick.p99(),
                fill.p50(),
                fill.p99(),
                fill.samples());
    }

    private static Delays delays(Cost cost, String to) {
        return cost.delays.stream()
                .filter(each ->
                        each.from().equals(DelayWatch.INTENDED) && each.to().equals(to))
                .findFirst()
                .orElseThrow();
    }

    private Cost cost(Shape shape) throws IOException, InterruptedException {
        String yaml = "bus:\n  partitions: " + shape.partitions + "\n  maxLag: " + QUEUED / shape.partitions + "\n"
                + new TradingSetup(shape.strategies, shape.accounts, TRADES_PER_SIGNAL).yaml(shape.instruments);
        Load load = Load.paced(shape.instruments, PER_SECOND, burst);
        try (Rig rig = Rig.start(load, Map.of(Stages.ETL, shape.etlWorkers), yaml);
                DelayWatch watch = new DelayWatch(rig)) {
            rig.awaitPublished(burst / 2);
            Map<String, Long> pids = rig.stack.pids();
            SortedMap<String, Double> before = Processes.cpuSeconds(pids);
            double compilersBefore = Processes.compilerSeconds(pids);
            long raw = rig.progress().raw();
            long began = System.nanoTime();
            rig.awaitSteady(load);
            double took = (System.nanoTime() - began) / 1e9;
            SortedMap<String, Double> after = Processes.cpuSeconds(pids);
            double compilers = Processes.compilerSeconds(pids) - compilersBefore;
            long messages = rig.progress().raw() - raw;
            watch.begin();
            TimeUnit.SECONDS.sleep(seconds);
            watch.end();
            SortedMap<String, Double> micros = new TreeMap<>();
            after.forEach((process, cpu) -> micros.merge(
                    process.replaceFirst("-\\d+$", ""),
                    (cpu - before.getOrDefault(process, 0.0)) * 1e6 / messages,
                    Double::sum));
            return new Cost(messages / took, micros, compilers * 1e6 / messages, watch.summary(PER_SECOND));
        }
    }
}
