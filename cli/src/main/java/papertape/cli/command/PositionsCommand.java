package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.Currencies;
import papertape.common.value.AccountId;
import papertape.risk.AccountView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists positions. */
@Command(
        name = "positions",
        mixinStandardHelpOptions = true,
        description = "Lists the positions with their profit; amounts in each instrument's quote currency.")
final class PositionsCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Option(names = "--account", paramLabel = "A", description = "Of this account only.")
    @Nullable
    AccountId account;

    @Option(names = "--all", description = "Those that are flat as well.")
    boolean isAll;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(target)) {
            AccountId owner = account == null ? null : session.known(account);
            Currencies currencies = session.currencies();
            Grid grid = new Grid(
                    "account", "instrument", "position", "average", "mark", "unrealized", "realized", "fees", "in");
            for (AccountView view : session.books().accounts()) {
                if (owner == null || view.account().equals(owner)) {
                    add(view, grid, currencies);
                }
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(grid.isEmpty() ? "no positions\n" : grid.toString());
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private void add(AccountView view, Grid grid, Currencies currencies) {
        for (AccountView.Holding held : view.positions()) {
            if (isAll || !held.qty().isZero()) {
                grid.add(
                        view.account(),
                        held.instrument(),
                        held.qty(),
                        held.avgPx() == null ? "" : held.avgPx(),
                        held.mark() == null ? "no mark" : held.mark(),
                        held.unrealized() == null ? "no mark" : Cents.of(held.unrealized()),
                        Cents.of(held.realized()),
                        Cents.of(held.fees()),
                        currencies.of(held.instrument()));
            }
        }
    }
}
