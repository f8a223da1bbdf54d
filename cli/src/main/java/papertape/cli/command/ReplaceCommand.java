package papertape.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.AccountId;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.execution.OrderView;
import papertape.look.trade.OrderTicket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for other terms of an order. */
@Command(
        name = "replace",
        mixinStandardHelpOptions = true,
        description = {
            "Changes an order's quantity or prices; what is not named stays.",
            "Another limit or more quantity goes to the back of the queue, less quantity keeps its place."
        })
final class ReplaceCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(paramLabel = "ORDER", description = "The order's id.")
    OrderId order = OrderId.of("none");

    @Option(names = "--qty", paramLabel = "QTY", description = "New quantity, what is filled included.")
    @Nullable
    Qty qty;

    @Option(names = "--limit", paramLabel = "PX", description = "New limit.")
    @Nullable
    Price limit;

    @Option(names = "--stop", paramLabel = "PX", description = "New stop price.")
    @Nullable
    Price stop;

    @Option(names = "--anyway", description = "Also to a limit that the stop does not reach.")
    boolean isAnyway;

    @Option(names = "--account", paramLabel = "A", description = "Default: whoever has sent the order.")
    @Nullable
    AccountId account;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (qty == null && limit == null && stop == null) {
            throw new IllegalArgumentException("nothing to replace (accepted: --qty, --limit, --stop)");
        }
        try (Session session = Session.open(target.toChange())) {
            KnownOrder known = KnownOrder.find(session, order, account);
            if (!isAnyway) {
                session.books().order(known.account(), order).ifPresent(this::checkReachable);
            }
            OrderTalk talk = new OrderTalk(session, spec.commandLine().getOut());
            return talk.replace(new ReplaceOrder(
                    session.door().header(), order, known.account(), known.instrument(), qty, limit, stop));
        }
    }

    private void checkReachable(OrderView view) {
        if (view.ordType() == OrdType.STOP_LIMIT) {
            OrderTicket.checkReachable(
                    view.side(), limit == null ? view.limitPx() : limit, stop == null ? view.stopPx() : stop);
        }
    }
}
