package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.cli.chaos.Chaos;
import papertape.cli.chaos.ChaosReport;
import papertape.cli.stack.Home;
import papertape.cli.stack.Redundancy;
import papertape.common.json.JsonText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills, stops, cuts and delays everything of a private stack, and looks whether it made a difference. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = "Does a private stack harm by a seeded schedule and audits it; exit code 0 only if all holds.")
final class ChaosCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the schedule and the venue.")
    long seed = 1;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "4",
            description = "How long faults happen (default: ${DEFAULT-VALUE}).")
    double minutes = 4;

    @Option(names = "--faults", paramLabel = "N", defaultValue = "0", description = "How many (default: one a second).")
    int faults;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "600",
            description = "The venue's messages a second (default: ${DEFAULT-VALUE}).")
    int rate = 600;

    @Option(names = "--redundant-feed", description = "With two lines of feed workers; see papertape up.")
    boolean isFeedRedundant;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the JSON report goes (default: standard output).")
    @Nullable
    Path report;

    @Option(names = "--keep", description = "Keeps the run's folder with its logs, journals and database.")
    boolean isKept;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long durationMs = (long) (minutes * TimeUnit.MINUTES.toMillis(1));
        int count = faults > 0 ? faults : (int) (durationMs / 1_000);
        target.home().make();
        Path folder = Files.createTempDirectory(target.home().folder(), "chaos-");
        boolean holds = false;
        Thread main = Thread.currentThread();
        Thread hook = new Thread(() -> interruptAndJoin(main), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ChaosReport result = new Chaos(
                            new Chaos.Options(
                                    seed,
                                    durationMs,
                                    count,
                                    rate,
                                    180,
                                    isFeedRedundant ? Map.of(Redundancy.SETTING, "true") : Map.of()),
                            new Home(folder),
                            this::say)
                    .run();
            holds = result.holds();
            print(result);
            return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            if (!Thread.currentThread().isInterrupted() && hook.getState() == Thread.State.NEW) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            if (isKept || !holds) {
                say("kept: " + folder);
            } else {
                Folders.delete(folder);
            }
        }
    }

    /** Whoever ends the command ends its stack with it. */
    private static void interruptAndJoin(Thread main) {
        main.interrupt();
        try {
            main.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(ChaosReport result) throws IOException {
        String json = JsonText.of(result);
        PrintWriter out = spec.commandLine().getOut();
        if (report == null) {
            out.println(json);
        } else {
            Files.writeString(report, json + "\n");
            out.println(result.faults() + " faults in " + Math.round(result.seconds()) + " s, " + result.trades()
                    + " trades: " + result.byKind());
        }
        out.flush();
        result.problems().forEach(problem -> say("PROBLEM: " + problem));
        say(result.holds() ? "everything holds" : "it does NOT hold");
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
