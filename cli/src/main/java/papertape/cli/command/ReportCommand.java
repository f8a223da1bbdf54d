package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.AccountReport;
import papertape.cli.report.ReportData;
import papertape.cli.report.Tearsheet;
import papertape.common.value.AccountId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes an account's tearsheet. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes an account's history as one HTML page that needs nothing but a browser.")
final class ReportCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Option(names = "--account", paramLabel = "A", description = "Default: the first of the configuration.")
    @Nullable
    AccountId account;

    @Option(names = "--out", paramLabel = "FILE.html", description = "Default: report-ACCOUNT.html.")
    @Nullable
    Path out;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(target)) {
            AccountId reported = session.open(session.account(account)).account();
            ReportData data = AccountReport.of(session.history(), session.config(), reported);
            Path file = out == null ? Path.of("report-" + reported + ".html") : out;
            Files.writeString(file, Tearsheet.html(data));
            PrintWriter words = spec.commandLine().getOut();
            words.println(file + ": " + data.fills().size() + " fills, "
                    + data.equity().size() + " points of equity");
            words.flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
