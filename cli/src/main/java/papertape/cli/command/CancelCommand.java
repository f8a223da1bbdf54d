package papertape.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.message.CancelOrder;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for the end of an order. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancels an order. A fill may come before it does.")
final class CancelCommand implements Callable<Integer> {
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
        try (Session session = Session.open(target.toChange())) {
            KnownOrder known = KnownOrder.find(session, order, account);
            OrderTalk talk = new OrderTalk(session, spec.commandLine().getOut());
            return talk.cancel(new CancelOrder(session.door().header(), order, known.account(), known.instrument()));
        }
    }
}
