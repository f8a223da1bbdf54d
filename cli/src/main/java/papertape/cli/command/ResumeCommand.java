package papertape.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.risk.AccountView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a halt. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Lets an account trade again after a halt; its losses are measured anew from now.",
            "Without ACCOUNT it ends the halt of all; an account that was halted by itself stays so."
        })
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    Target target = new Target();

    @Parameters(arity = "0..1", paramLabel = "ACCOUNT", description = "Default: ends the halt of all accounts.")
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
            if (account == null && session.books().accounts().stream().noneMatch(AccountView::isHaltedWithAll)) {
                throw new Failure("there is no halt of all accounts to end; name an account");
            }
            AccountTalk talk = new AccountTalk(session, spec.commandLine().getOut());
            int code = talk.ask(AccountAction.RESUME, account, null, null, null, reason);
            return account == null ? CommandLine.ExitCode.OK : code;
        }
    }
}
