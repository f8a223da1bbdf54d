package papertape.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.text.Printable;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Money;
import papertape.execution.OrderView;
import papertape.look.trade.AccountDialog;
import papertape.look.trade.ExecutionText;
import papertape.look.trade.FrontDoor;
import papertape.risk.AccountView;
import picocli.CommandLine;

/** Sends commands about accounts and shows the events that answer them. */
final class AccountTalk {
    private static final AccountId ALL = AccountId.of("*");

    private final Session session;
    private final PrintWriter out;

    AccountTalk(Session session, PrintWriter out) {
        this.session = session;
        this.out = out;
    }

    /** @param typed absent: every account; returns the exit code */
    int ask(
            AccountAction action,
            @Nullable AccountId typed,
            @Nullable Money amount,
            @Nullable String currency,
            @Nullable SortedMap<String, String> limits,
            @Nullable String text) {
        AccountId account = typed == null || action == AccountAction.OPEN ? typed : session.known(typed);
        Set<AccountId> asked = account == null ? all() : Set.of(account);
        AccountId name = account == null ? ALL : account;
        AccountDialog dialog = new AccountDialog(session.door());
        Account command = new Account(session.door().header(), name, action, null, amount, currency, limits, text);
        List<Account> answers = dialog.ask(command, asked, Session.WAIT_MS);
        answers.forEach(answer -> out.println(line(answer)));
        Set<AccountId> silent = new TreeSet<>(asked);
        answers.forEach(answer -> silent.remove(answer.account()));
        if (!silent.isEmpty()) {
            out.println("no answer within " + Session.WAIT_MS / 1_000 + " s from " + silent
                    + ": the command may still be followed; see papertape account show, papertape deadletter");
        }
        out.flush();
        boolean isRefused = answers.stream().anyMatch(answer -> answer.event() == AccountEvent.REFUSED);
        return isRefused || !silent.isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private Set<AccountId> all() {
        return session.books().accounts().stream()
                .map(AccountView::account)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** After a halt: says when the last open order is gone. */
    int awaitNoOrders(@Nullable AccountId account) {
        long start = System.nanoTime();
        long left;
        do {
            left = session.books().orders().stream()
                    .map(OrderView::account)
                    .filter(owner -> account == null || owner.equals(account))
                    .count();
            if (left == 0) {
                out.println("no order is open");
                out.flush();
                return CommandLine.ExitCode.OK;
            }
            FrontDoor.pause();
        } while (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < Session.WAIT_MS);
        out.println(left + " orders are still open (papertape orders)");
        out.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String line(Account event) {
        StringBuilder line = new StringBuilder(ExecutionText.time(event.ts()))
                .append("  ")
                .append(event.account())
                .append("  ")
                .append(event.event() == null ? "" : ExecutionText.word(event.event()));
        if (event.amount() != null) {
            line.append(' ').append(event.amount());
            line.append(event.currency() == null ? "" : " " + event.currency());
        }
        if (event.limits() != null) {
            line.append(' ').append(event.limits());
        }
        return line.append(event.text() == null ? "" : "  " + Printable.line(event.text()))
                .toString();
    }
}
