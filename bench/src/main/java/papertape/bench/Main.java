package papertape.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.bench.Results.Bare;
import papertape.bench.Results.Delays;
import papertape.bench.Results.Grown;
import papertape.bench.Results.Overhead;
import papertape.bench.Results.Scaling;
import papertape.bench.Results.Speed;
import papertape.bench.Results.Start;
import papertape.bench.Results.Stored;
import papertape.cli.stack.Stages;
import papertape.common.json.JsonText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code papertape bench}: exit codes 0 done and audited, 1 failed or something was lost or duplicated, 2 wrong usage. */
@Command(
        name = "papertape bench",
        mixinStandardHelpOptions = true,
        description = "Measures a private stack of real processes beside the bare server and codec.",
        sortOptions = false)
public final class Main implements Callable<Integer> {
    private static final int INSTRUMENTS = 100;
    private static final long BEGAN = System.nanoTime();

    /** The parts of a benchmark, for those who want one of them. */
    enum Part {
        baseline,
        database,
        start,
        throughput,
        workers,
        delay,
        scaling,
        growth
    }

    @Option(names = "--quick", description = "about a minute or two: short and coarse")
    private boolean quick;

    @Option(names = "--out", paramLabel = "DIR", description = "where bench.json and bench.html go")
    private Path out = Path.of("target", "bench");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "one or more of: ${COMPLETION-CANDIDATES}")
    private @Nullable List<Part> only;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "market messages of a throughput run; 0: as many as are usual")
    private long messages;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "so many throughput runs one after the other, and their medians: for comparisons")
    private int runs = 1;

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            description = "messages a second of the delay runs (${DEFAULT-VALUE})",
            defaultValue = "1000,5000")
    private int[] rates = {};

    @Option(names = "--micro", description = "the micro-benchmarks (JMH) instead")
    private boolean micro;

    @Spec
    private @Nullable CommandSpec spec;

    private final List<Speed> throughput = new ArrayList<>();
    private final List<Delays> delays = new ArrayList<>();
    private final List<Scaling> scaling = new ArrayList<>();
    private final List<Start> start = new ArrayList<>();
    private final List<Bare> baseline = new ArrayList<>();
    private final List<Stored> database = new ArrayList<>();
    private final List<Overhead> overhead = new ArrayList<>();
    private final List<Grown> growth = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws Exception {
        accept("--messages", messages, 0);
        accept("--runs", runs, 1);
        for (int rate : rates) {
            accept("--rates", rate, 1);
        }
        if (micro) {
            return Micro.run(quick);
        }
        measure();
        Results results = results();
        PrintWriter terminal = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        terminal.print(Report.text(results));
        terminal.println();
        terminal.println("written: " + out.resolve("bench.json") + ", " + out.resolve("bench.html"));
        terminal.flush();
        boolean holds = failures.isEmpty() && throughput.stream().allMatch(Speed::holds);
        return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void accept(String option, long value, long least) {
        if (value < least) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    option + " " + value + " (accepted: whole numbers from " + least + ")");
        }
    }

    private Results results() throws IOException {
        return new Results(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                machine(),
                System.getProperty("java.runtime.version"),
                quick,
                throughput,
                delays,
                scaling,
                start,
                baseline,
                overhead,
                database,
                growth,
                failures);
    }

    private void write() throws IOException {
        Results results = results();
        Files.createDirectories(out);
        Files.writeString(out.resolve("bench.json"), JsonText.of(results) + "\n");
        Files.writeString(out.resolve("bench.html"), Report.html(results));
    }

    /** A part that is long is left out of a quick run unless it is asked for. */
    private boolean wants(Part part) {
        return only == null ? !(quick && part == Part.growth) : only.contains(part);
    }

    private void measure() throws IOException, InterruptedException {
        run(Part.baseline, this::baseline);
        run(Part.database, this::database);
        run(Part.start, this::start);
        run(Part.throughput, this::throughput);
        run(Part.workers, this::workers);
        run(Part.delay, this::delay);
        run(Part.scaling, this::scaling);
        run(Part.growth, () -> new Growth(quick ? 20_000 : 200_000, quick ? 3 : 8, Main::say).measure(growth));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A part that fails, or is interrupted, does not take with it what the others have found. */
    private void run(Part part, Work work) throws IOException, InterruptedException {
        if (!wants(part)) {
            return;
        }
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            say(part + " failed: " + e);
            failures.add(part + ": " + e);
        }
        write();
    }

    private void baseline() throws IOException, InterruptedException {
        say("what the machine does without the stack");
        Baseline.Found found = Baseline.measure(quick ? 0.3 : 3);
        baseline.addAll(found.bare());
        overhead.addAll(found.overhead());
    }

    private void database() throws IOException, InterruptedException {
        say("what a row costs the database");
        database.addAll(Database.measure(quick ? new int[] {2_000} : new int[] {5_000, 20_000}));
    }

    private void start() throws IOException, InterruptedException {
        say("start and size");
        start.add(Begin.measure(quick ? 1 : 10));
    }

    private void throughput() throws IOException, InterruptedException {
        for (int i = 1; i <= runs; i++) {
            say("throughput, " + count() + " market messages" + (runs == 1 ? "" : ", run " + i + " of " + runs));
            throughput.add(speed(Map.of()));
        }
    }

    private void delay() throws IOException, InterruptedException {
        for (int rate : rates) {
            say("delays at " + rate + " messages a second");
            delays.addAll(Delay.measure(rate, quick ? 20_000 : 200_000, quick ? 1 : 5, quick ? 3 : 30));
        }
    }

    private void scaling() throws IOException, InterruptedException {
        say("a stage that takes a millisecond a message, with more and more workers");
        Workers.measure(
                quick ? new int[] {1, 4} : new int[] {1, 2, 4, 8}, quick ? 60_000 : 300_000, quick ? 2 : 5, scaling);
    }

    private void workers() throws IOException, InterruptedException {
        Stages slowest = throughput.isEmpty()
                ? Stages.ETL
                : Stages.of(throughput.getFirst().slowest());
        for (int workers : quick ? new int[] {2} : new int[] {2, 4}) {
            say("throughput with " + workers + " workers of " + slowest.text());
            throughput.add(speed(Map.of(slowest, workers)));
        }
    }

    private long count() {
        return messages > 0 ? messages : quick ? 100_000 : 1_500_000;
    }

    /** A third warms the processes up; the rest is what counts. */
    private Speed speed(Map<Stages, Integer> workers) throws IOException, InterruptedException {
        return Throughput.measure(INSTRUMENTS, count(), count() / 3, workers, Main::say);
    }

    private static void say(String what) {
        System.err.println("bench, second " + (System.nanoTime() - BEGAN) / 1_000_000_000 + ": " + what);
    }

    private static String machine() throws IOException {
        String cpu = System.getProperty("os.arch");
        Path info = Path.of("/proc/cpuinfo");
        if (Files.exists(info)) {
            for (String line : Files.readAllLines(info, StandardCharsets.UTF_8)) {
                if (line.startsWith("model name")) {
                    cpu = line.substring(line.indexOf(':') + 1).strip();
                    break;
                }
            }
        }
        return Runtime.getRuntime().availableProcessors() + " x " + cpu + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", load " + load();
    }

    /** Of the machine before and around the run: what else was going on. */
    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).split(" ", -1)[0] : "unknown";
    }
}
