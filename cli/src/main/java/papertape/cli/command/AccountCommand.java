package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import papertape.common.config.LimitSettings;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountId;
import papertape.common.value.Money;
import papertape.risk.AccountView;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accounts: one method a command. */
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        description = "Opens accounts, moves their money, shows and changes their limits.",
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "account needs a command (accepted: "
                        + String.join(", ", spec.subcommands().keySet()) + ")");
    }

    @Command(name = "open", mixinStandardHelpOptions = true, description = "Opens a cash account.")
    int open(
            @Mixin Target target,
            @Parameters(paramLabel = "ACCOUNT") AccountId account,
            @Option(names = "--deposit", paramLabel = "AMOUNT", description = "First deposit (default: 100000).")
                    @Nullable
                    Money deposit,
            @Option(names = "--currency", paramLabel = "C", description = "Base currency (default: USD).") @Nullable
                    String currency,
            @Option(names = "--limit", paramLabel = "NAME=VALUE", description = "A limit of its own.") @Nullable
                    List<String> limits)
            throws IOException {
        SortedMap<String, String> asked = limits == null ? null : limits(limits);
        String base = currency == null ? null : currency.toUpperCase(Locale.ROOT);
        return ask(target, AccountAction.OPEN, account, deposit, base, asked);
    }

    @Command(name = "deposit", mixinStandardHelpOptions = true, description = "Adds money to an account.")
    int deposit(
            @Mixin Target target,
            @Parameters(paramLabel = "ACCOUNT") AccountId account,
            @Parameters(paramLabel = "AMOUNT") Money amount)
            throws IOException {
        return ask(target, AccountAction.DEPOSIT, account, amount, null, null);
    }

    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description = "Takes money from an account: at most what no open order holds back.")
    int withdraw(
            @Mixin Target target,
            @Parameters(paramLabel = "ACCOUNT") AccountId account,
            @Parameters(paramLabel = "AMOUNT") Money amount)
            throws IOException {
        return ask(target, AccountAction.WITHDRAW, account, amount, null, null);
    }

    @Command(
            name = "limits",
            mixinStandardHelpOptions = true,
            description = "Changes limits of an account; without NAME=VALUE shows those in force.")
    int limits(
            @Mixin Target target,
            @Parameters(paramLabel = "ACCOUNT") AccountId account,
            @Parameters(paramLabel = "NAME=VALUE", arity = "0..*") @Nullable List<String> changes)
            throws IOException {
        if (changes != null && !changes.isEmpty()) {
            return ask(target, AccountAction.SET_LIMITS, account, null, null, limits(changes));
        }
        try (Session session = Session.open(target)) {
            print(limits(session.open(account)).toString());
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an account.")
    int show(@Mixin Target target, @Parameters(paramLabel = "ACCOUNT", arity = "0..1") @Nullable AccountId account)
            throws IOException {
        try (Session session = Session.open(target)) {
            AccountView view = session.open(session.account(account));
            Grid grid = new Grid("account", view.account());
            grid.add("type", view.type() + ", " + view.costMethod() + " cost");
            grid.add("state", view.state() + (view.reason().isEmpty() ? "" : " (" + view.reason() + ")"));
            grid.add("equity", Cents.of(view.equity()) + " " + view.currency());
            grid.add("cash", Cents.of(view.cash()) + " " + view.currency());
            grid.add("reserved", Cents.of(view.reserved()) + " " + view.currency() + " by open buys");
            grid.add("available", Cents.of(view.available()) + " " + view.currency());
            grid.add("open orders", view.openOrders().size());
            print(grid + "\n" + limits(view));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the open accounts.")
    int list(@Mixin Target target) throws IOException {
        try (Session session = Session.open(target)) {
            Grid grid = new Grid(
                    "account", "type", "currency", "equity", "cash", "reserved", "positions", "open orders", "state");
            for (AccountView view : session.books().accounts()) {
                long positions = view.positions().stream()
                        .filter(held -> !held.qty().isZero())
                        .count();
                grid.add(
                        view.account(),
                        view.type(),
                        view.currency(),
                        Cents.of(view.equity()),
                        Cents.of(view.cash()),
                        Cents.of(view.reserved()),
                        positions,
                        view.openOrders().size(),
                        view.state() + (view.reason().isEmpty() ? "" : " (" + view.reason() + ")"));
            }
            print(grid.toString());
            return CommandLine.ExitCode.OK;
        }
    }

    private static Grid limits(AccountView view) {
        Grid grid = new Grid("limit", "value", "");
        for (Map.Entry<String, String> limit : view.limits().entrySet()) {
            String value = limit.getValue().isEmpty() ? "-" : limit.getValue();
            grid.add(limit.getKey(), value, view.setLimits().contains(limit.getKey()) ? "set while running" : "");
        }
        return grid;
    }

    private static SortedMap<String, String> limits(List<String> settings) {
        SortedMap<String, String> limits = new TreeMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "not NAME=VALUE: " + setting + " (papertape account limits ACCOUNT" + " lists the names)");
            }
            limits.put(limitName(setting.substring(0, equals)), setting.substring(equals + 1));
        }
        return limits;
    }

    private static String limitName(String typed) {
        return Arrays.stream(LimitSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(typed::equalsIgnoreCase)
                .findFirst()
                .orElse(typed);
    }

    private int ask(
            Target target,
            AccountAction action,
            AccountId account,
            @Nullable Money amount,
            @Nullable String currency,
            @Nullable SortedMap<String, String> limits)
            throws IOException {
        try (Session session = Session.open(target.toChange())) {
            return new AccountTalk(session, spec.commandLine().getOut())
                    .ask(action, account, amount, currency, limits, null);
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
    }
}
