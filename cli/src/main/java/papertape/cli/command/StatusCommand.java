package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import papertape.cli.look.Currencies;
import papertape.cli.look.LostRequestProblems;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.config.Config;
import papertape.common.json.JsonText;
import papertape.look.Problem;
import papertape.look.Problems;
import papertape.look.Snapshot;
import papertape.look.SnapshotTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a running stack once. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Shows stages, lag, delays, positions and P&L, and a line for each problem; exit code 1 when there is one.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Option(names = "--json", description = "As JSON.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = target.config();
        Optional<StackFile> stack = target.stackFile();
        Snapshot snapshot = target.patience(config).ask(redis -> {
            Bus bus = new Bus(redis, Keys.of(config.bus().namespace()));
            Snapshot taken = Snapshot.take(bus, config.bus().partitions());
            List<Problem> problems = new ArrayList<>(Problems.of(bus, config, taken, stack.map(StackFile::watcher)));
            problems.addAll(LostRequestProblems.of(bus, config));
            return taken.with(problems);
        });
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(JsonText.of(snapshot));
        } else {
            out.print(SnapshotTable.of(snapshot, Currencies.of(config)::of));
            stack.map(StackFile::dashboardUrl)
                    .filter(url -> !url.isEmpty())
                    .ifPresent(url -> out.println("dashboard " + url));
        }
        out.flush();
        return snapshot.problems().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
