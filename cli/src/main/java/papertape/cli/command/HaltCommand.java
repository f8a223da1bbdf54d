package papertape.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The kill switch. */
@Command(
        name = "halt",
        mixinStandardHelpOptions = true,
        description = "Cancels all open orders and denies new ones until resumed, over restarts as well.")
final class HaltCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(arity = "0..1", paramLabel = "ACCOUNT", description = "Default: every account, those to come as well.")
    @Nullable
    AccountId account;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in words.")
    @Nullable
    String reason;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(target.toChange())) {
            AccountId halted = account == null ? null : session.known(account);
            AccountTalk talk = new AccountTalk(session, spec.commandLine().getOut());
            int code = talk.ask(AccountAction.HALT, halted, null, null, null, reason);
            return code == 0 ? talk.awaitNoOrders(halted) : code;
        }
    }
}
