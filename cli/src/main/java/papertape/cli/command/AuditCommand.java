package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import papertape.cli.audit.Audit;
import papertape.cli.audit.AuditReport;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.config.Config;
import papertape.common.json.JsonText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves that nothing was lost or counted twice. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Compares journals, database and ledgers; exit code 1 when anything is off.")
final class AuditCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Option(names = "--json", description = "As JSON.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Config config = target.config();
        AuditReport report = target.patience(config)
                .ask(redis -> new Audit(new Bus(redis, Keys.of(config.bus().namespace())), config)
                        .run()
                        .report());
        PrintWriter out = spec.commandLine().getOut();
        out.print(isJson ? JsonText.of(report) + "\n" : text(report));
        out.flush();
        return report.holds() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    static String text(AuditReport report) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%-11s %12s %12s %6s %11s %12s %8s%n",
                "channel", "messages", "trimmed", "gaps", "duplicates", "stored", "missing"));
        for (AuditReport.ChannelAudit channel : report.channels()) {
            text.append(line(
                    "%-11s %12d %12d %6d %11d %12s %8s%n",
                    channel.channel(),
                    channel.messages(),
                    channel.trimmed(),
                    channel.gaps(),
                    channel.duplicates(),
                    channel.stored() == null ? "-" : channel.stored(),
                    channel.missing() == null ? "-" : channel.missing()));
        }
        report.accounts()
                .forEach((name, account) -> text.append(line(
                        "account %s: deposits %s - withdrawals %s + realized %s - fees %s + unrealized %s = equity %s: %s%n",
                        name,
                        account.deposits(),
                        account.withdrawals(),
                        account.realized(),
                        account.fees(),
                        account.unrealized(),
                        account.equity(),
                        account.holds() ? "holds" : "DOES NOT HOLD")));
        report.problems()
                .forEach(problem -> text.append("PROBLEM: ").append(problem).append('\n'));
        text.append(report.holds() ? "the audit holds\n" : "the audit does NOT hold\n");
        return text.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
