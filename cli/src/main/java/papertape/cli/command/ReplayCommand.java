package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.LateOrders;
import papertape.cli.replay.Replay;
import papertape.cli.replay.ReplayReport;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stages;
import papertape.common.json.JsonText;
import papertape.sim.replay.Recording;
import papertape.sim.replay.VenueProtocol;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a recording through a stack of its own and reports what came out. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Plays a recording through a private stack, reports and audits; exit code 0 only if the audit holds.")
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(paramLabel = "FILE", description = "A recording, .tsv or .tsv.gz.")
    Path file = Path.of("");

    @Option(
            names = "--venue",
            paramLabel = "VENUE",
            description = "coinbase or binance (default: what the messages show).")
    String venue = "";

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Times the recorded speed, or max (default: ${DEFAULT-VALUE}).")
    String speed = "1";

    @Option(
            names = "--workers",
            split = ",",
            paramLabel = "STAGE=N",
            description = "Workers of a stage (default: 1 each).")
    List<String> workers = new ArrayList<>();

    @Option(names = "--config", split = ",", paramLabel = "FILE", description = "Settings over config/papertape.yaml.")
    List<Path> configFiles = new ArrayList<>();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the JSON report goes (default: standard output).")
    @Nullable
    Path report;

    @Option(
            names = "--lockstep",
            description = "Adds the digests of all messages: the same at any speed and with any workers.")
    boolean isInLockstep;

    @Option(
            names = "--free-running",
            description =
                    "Does not wait for orders: as fast as the stages are, and results that depend on the machine.")
    boolean isFreeRunning;

    @Option(names = "--keep", description = "Keeps the run's folder with its logs, journals and database.")
    boolean isKept;

    @Spec
    CommandSpec spec;

    private int shownStep = -1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (isInLockstep && isFreeRunning) {
            throw new IllegalArgumentException("--lockstep and --free-running exclude each other: digests of a run that"
                    + " depends on the machine say nothing");
        }
        Recording recording = venue.isEmpty() ? Recording.read(file) : Recording.read(file, VenueProtocol.of(venue));
        recording.notes().forEach(note -> err().println(note));
        String of = recording.venue().name().toLowerCase(Locale.ROOT);
        Replay.Options options = new Replay.Options(of, speed(), Stages.workers(workers), configFiles, Map.of());
        target.home().make();
        Path folder = Files.createTempDirectory(target.home().folder(), "replay-");
        Home home = new Home(folder);
        boolean isDone = false;
        try {
            Replay replay = new Replay(recording, options, home);
            replay = isInLockstep ? replay.inLockstep() : replay;
            replay = isFreeRunning ? replay.freeRunning() : replay;
            ReplayReport result = replay.run(line -> err().println(line), bar());
            err().println();
            String json = JsonText.of(result);
            if (report == null) {
                out().println(json);
            } else {
                Files.writeString(report, json + "\n");
                out().println(summary(result));
            }
            out().flush();
            result.problems().forEach(problem -> err().println("PROBLEM: " + problem));
            err().println(result.problems().isEmpty() ? "the audit holds" : "the audit does NOT hold");
            String late = new LateOrders(result.lateOrders(), result.lateByUsMax()).text();
            if (!late.isEmpty()) {
                err().println(late);
            }
            isDone = true;
            boolean isSound = result.problems().isEmpty() && (late.isEmpty() || isFreeRunning);
            return isSound ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            if (isKept || !isDone) {
                err().println("kept: " + folder);
            } else {
                Folders.delete(folder);
            }
            err().flush();
        }
    }

    private double speed() {
        if (speed.equalsIgnoreCase("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double factor = Double.parseDouble(speed);
            if (factor > 0 && factor < 1_000_000) {
                return factor;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a speed: " + speed + " (accepted: a number above 0, or max)", e);
        }
        throw new IllegalArgumentException("not a speed: " + speed + " (accepted: a number above 0, or max)");
    }

    private static String summary(ReplayReport result) {
        return "raw " + result.raw() + ", signals " + result.signals() + ", orders " + result.orders() + ", fills "
                + result.fills() + ", denied " + result.denied() + ", dead letters " + result.deadLetters() + ", gaps "
                + result.gaps() + ", duplicates " + result.duplicates() + ", " + result.seconds() + " s";
    }

    /** Drawn over itself on a terminal; in a file a line for each tenth. */
    private Replay.Observer bar() {
        boolean isTerminal = System.console() != null && System.console().isTerminal();
        return (sent, total, stack) -> {
            int step = (isTerminal ? 100 : 10) * sent / Math.max(1, total);
            if (step == shownStep) {
                return;
            }
            shownStep = step;
            int filled = (int) (40L * sent / Math.max(1, total));
            if (isTerminal) {
                Terminal.startLineAgain(err());
            }
            err().print("[" + "#".repeat(filled) + " ".repeat(40 - filled) + "] " + sent + "/" + total
                    + (sent == total ? " sent, draining" : "") + (isTerminal ? "" : "\n"));
            err().flush();
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
