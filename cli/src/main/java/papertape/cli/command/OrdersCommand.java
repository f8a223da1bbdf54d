package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.json.JsonText;
import papertape.common.json.MessageCodec;
import papertape.common.message.Execution;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.OrderId;
import papertape.execution.OrderView;
import papertape.look.trade.ExecutionText;
import papertape.risk.AccountView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists orders. */
@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        description = "Lists the open orders, each with why it is where it is.")
final class OrdersCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Option(names = "--account", paramLabel = "A", description = "Of this account only.")
    @Nullable
    AccountId account;

    @Option(names = "--all", description = "Those that have ended as well, from the executions.")
    boolean isAll;

    @Option(
            names = "--json",
            description =
                    "One JSON object a line: an open order, or with --all the last report about one that has ended.")
    boolean isJson;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(target)) {
            AccountId owner = account == null ? null : session.known(account);
            List<AccountView> accounts = owner == null ? session.books().accounts() : List.of(session.open(owner));
            List<OrderView> open = session.books().orders().stream()
                    .filter(view -> owner == null || view.account().equals(owner))
                    .toList();
            List<Execution> ended = isAll ? ended(session, accounts, open) : List.of();
            PrintWriter out = spec.commandLine().getOut();
            if (isJson) {
                MessageCodec codec = new MessageCodec();
                ended.forEach(execution -> out.println(codec.encode(execution)));
                open.forEach(view -> out.println(JsonText.of(view)));
            } else {
                Grid grid = new Grid("account", "order", "status", "terms", "until", "filled", "average", "why");
                ended.forEach(execution -> add(execution, grid));
                open.forEach(view -> add(view, grid));
                out.print(grid);
                out.println(open.size() + " open" + (isAll ? ", " + ended.size() + " ended" : ""));
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private static void add(OrderView view, Grid grid) {
        grid.add(
                view.account(),
                view.orderId(),
                view.cumQty().isZero() ? "new" : "partially_filled",
                ExecutionText.terms(
                        view.side(),
                        view.qty(),
                        view.instrument().name(),
                        view.ordType(),
                        view.limitPx(),
                        view.stopPx(),
                        view.tif()),
                view.endTs() == null ? "" : ExecutionText.time(view.endTs()),
                view.cumQty(),
                view.avgPx() == null ? "" : view.avgPx(),
                view.why());
    }

    private static List<Execution> ended(Session session, List<AccountView> accounts, List<OrderView> open) {
        List<Execution> all = new ArrayList<>();
        for (AccountView each : accounts) {
            Map<OrderId, Execution> last = new LinkedHashMap<>();
            for (Execution execution : session.history().executions(each.account())) {
                if (execution.execType() != ExecType.CANCEL_REJECTED) {
                    last.put(execution.orderId(), execution);
                }
            }
            open.stream()
                    .filter(view -> view.account().equals(each.account()))
                    .forEach(view -> last.remove(view.orderId()));
            last.values().stream()
                    .filter(execution -> execution.ordStatus().isFinal())
                    .forEach(all::add);
        }
        return all;
    }

    private static void add(Execution e, Grid grid) {
        grid.add(
                e.account(),
                e.orderId(),
                ExecutionText.word(e.ordStatus()),
                ExecutionText.terms(e),
                "",
                e.cumQty(),
                e.avgPx() == null ? "" : e.avgPx(),
                ExecutionText.text(e.text()));
    }
}
