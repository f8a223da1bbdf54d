package papertape.risk;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.config.AccountSettings;
import papertape.common.ledger.CostMethod;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.stage.StageContext;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Money;

/** Opens accounts: those of the configuration before the first message, others on command. */
final class Opening {
    static final Profile CASH_PROFILE = new Profile("USD", false, CostMethod.AVERAGE, new TreeMap<>());
    static final Money USUAL_DEPOSIT = Money.of("100000");

    private final List<AccountSettings> configured;
    private final RiskTables tables;
    private final Books books;
    private final GlobalHalt globalHalt;
    private boolean isDone;

    Opening(List<AccountSettings> accounts, StageContext context, RiskTables tables, Books books, GlobalHalt halt) {
        this.configured = accounts.stream()
                .filter(account -> context.owns(account.name().value()))
                .toList();
        this.tables = tables;
        this.books = books;
        this.globalHalt = halt;
        configured.forEach(Opening::profile);
    }

    /** Opens the configured accounts that are not open yet; only a message lets a stage send, so the first one does. */
    void openConfigured(long ts, Outbox out) {
        if (isDone) {
            return;
        }
        for (AccountSettings account : configured) {
            if (books.get(account.name()) == null) {
                open(account.name(), profile(account), account.deposit(), ts, out);
            }
        }
        isDone = true;
    }

    private static Profile profile(AccountSettings account) {
        boolean isMargin = switch (account.type()) {
            case "cash" -> false;
            case "margin" -> true;
            default -> throw refused(account, "type", account.type(), "cash, margin");
        };
        CostMethod method = switch (account.costMethod()) {
            case "average" -> CostMethod.AVERAGE;
            case "fifo" -> CostMethod.FIFO;
            default -> throw refused(account, "costMethod", account.costMethod(), "average, fifo");
        };
        return new Profile(account.currency(), isMargin, method, new TreeMap<>());
    }

    private static IllegalArgumentException refused(AccountSettings in, String field, String value, String accepted) {
        return new IllegalArgumentException(
                "account " + in.name() + ": " + field + " cannot be \"" + value + "\" (accepted: " + accepted + ")");
    }

    void open(AccountId account, Profile profile, Money deposit, long ts, Outbox out) {
        tables.profiles().put(account, profile);
        tables.cash().put(account, deposit);
        tables.watches().put(account, new Watch(Days.of(ts), deposit, deposit));
        books.load(account);
        SortedMap<String, String> limits = profile.limits().isEmpty() ? null : profile.limits();
        String text = "type=" + (profile.isMargin() ? "margin" : "cash") + " costMethod="
                + profile.method().name().toLowerCase(Locale.ROOT);
        AccountEvent opened = AccountEvent.OPENED;
        out.send(
                Channel.ACCOUNTS,
                new Account(out.header(ts), account, null, opened, deposit, profile.currency(), limits, text));
        String halted = globalHalt.reason();
        if (halted != null) {
            AccountReports.send(account, AccountEvent.HALTED, "all accounts: " + halted, ts, out);
        }
    }
}
