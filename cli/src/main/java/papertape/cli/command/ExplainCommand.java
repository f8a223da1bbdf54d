package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.Currencies;
import papertape.common.message.Execution;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import papertape.execution.OrderView;
import papertape.look.trade.ExecutionText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers why an order is where it is. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells an order's life and why it is where it is.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(paramLabel = "ORDER", description = "The order's id.")
    OrderId order = OrderId.of("none");

    @Option(names = "--account", paramLabel = "A", description = "Default: whoever has sent the order.")
    @Nullable
    AccountId account;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(target)) {
            AccountId owner = session.owner(order, account);
            List<Execution> life = session.history().executions(owner, order);
            Optional<OrderView> live = session.books().order(owner, order);
            if (life.isEmpty() && live.isEmpty()) {
                throw new Failure("unknown order " + order + " of account " + owner);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("order " + order + " of account " + owner);
            Currencies currencies = Currencies.of(session.config());
            life.forEach(execution ->
                    out.println("  " + ExecutionText.line(execution, currencies.of(execution.instrument()))));
            out.println("now: " + live.map(OrderView::why).orElseGet(() -> end(life)));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    /** The last word on an order that lives no more; a cancel that came too late is not its end. */
    private static String end(List<Execution> life) {
        Execution last = life.getLast();
        for (Execution execution : life) {
            if (execution.ordStatus().isFinal()) {
                last = execution;
                break;
            }
        }
        return ExecutionText.word(last.ordStatus()) + ": " + ExecutionText.text(last.text());
    }
}
