package papertape.risk;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.LimitSettings;
import papertape.common.ledger.CostMethod;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Bounds;
import papertape.common.value.Money;
import papertape.common.value.Qty;

/** Follows the commands about accounts, or says why not. */
final class AccountDesk {
    /** In a halt or resume: every account. The bus brings it to every partition. */
    static final AccountId ALL = AccountId.of("*");

    private final Books books;
    private final Opening opening;
    private final KillSwitch killSwitch;
    private final LossGuard guard;

    AccountDesk(Books books, Opening opening, KillSwitch killSwitch, LossGuard guard) {
        this.books = books;
        this.opening = opening;
        this.killSwitch = killSwitch;
        this.guard = guard;
    }

    void on(Account command, AccountAction action, Outbox out) {
        if (command.account().equals(ALL)) {
            onAll(command, action, out);
            return;
        }
        AccountBook book = books.get(command.account());
        if (action == AccountAction.OPEN) {
            open(command, book, out);
        } else if (book == null) {
            AccountReports.refuse(command, "unknown account " + command.account(), out);
        } else {
            on(command, action, book, out);
        }
    }

    private void on(Account command, AccountAction action, AccountBook book, Outbox out) {
        switch (action) {
            case OPEN -> open(command, book, out);
            case DEPOSIT -> deposit(command, book, out);
            case WITHDRAW -> withdraw(command, book, out);
            case SET_LIMITS -> setLimits(command, book, out);
            case HALT -> killSwitch.halt(book, Standing.Cause.BY_HAND, reason(command), command.ts(), out);
            case RESUME -> resume(command, book, out);
        }
    }

    /** A command whose timestamp cannot be believed: it is refused, except that a halt is a halt. */
    void onMistimed(Account command, AccountAction action, String flaw, Outbox out) {
        switch (action) {
            case HALT -> on(command, action, out);
            case OPEN, DEPOSIT, WITHDRAW, SET_LIMITS, RESUME -> AccountReports.refuse(command, flaw, out);
        }
    }

    private void onAll(Account command, AccountAction action, Outbox out) {
        switch (action) {
            case HALT -> killSwitch.haltAll(reason(command), command.ts(), out);
            case RESUME -> killSwitch.resumeAll(reason(command), command.ts(), out);
            case OPEN, DEPOSIT, WITHDRAW, SET_LIMITS ->
                AccountReports.refuse(command, "* stands for all accounts in halt and resume only", out);
        }
    }

    private static String reason(Account command) {
        String text = command.text();
        return text == null || text.isBlank() ? "by hand" : text;
    }

    private void open(Account command, @Nullable AccountBook book, Outbox out) {
        Money deposit = command.amount() == null ? Opening.USUAL_DEPOSIT : command.amount();
        String currency = command.currency() == null ? Opening.CASH_PROFILE.currency() : command.currency();
        SortedMap<String, String> limits = command.limits() == null ? new TreeMap<>() : command.limits();
        String wrong = book != null
                ? "account " + command.account() + " is open already"
                : deposit.signum() < 0 || !Bounds.ENTERED.admits(deposit.value())
                        ? "amount must be from 0 and have " + Bounds.ENTERED.accepted() + ", was " + deposit
                        : wrong(command, limits);
        if (wrong != null) {
            AccountReports.refuse(command, wrong, out);
            return;
        }
        Profile profile = new Profile(currency, false, CostMethod.AVERAGE, new TreeMap<>(limits));
        opening.open(command.account(), profile, deposit, command.ts(), out);
    }

    private @Nullable String wrong(Account command, SortedMap<String, String> limits) {
        try {
            books.limits(command.account(), limits);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private void deposit(Account command, AccountBook book, Outbox out) {
        Money amount = amount(command, book, out);
        if (amount != null) {
            move(book, amount, command.ts(), out);
            AccountReports.send(book, AccountEvent.DEPOSITED, amount, "cash=" + book.cash(), command.ts(), out);
        }
    }

    private void withdraw(Account command, AccountBook book, Outbox out) {
        Money amount = amount(command, book, out);
        if (amount == null) {
            return;
        }
        if (amount.compareTo(book.available()) > 0) {
            String why = "insufficient cash: available=" + book.available() + " cash=" + book.cash() + " reserved="
                    + book.reserved() + " asked=" + amount;
            AccountReports.refuse(command, why, out);
            return;
        }
        BigDecimal leverage = GrossLeverageCheck.factor(book);
        Money left = BuyingPowerCheck.left(book, leverage);
        if (book.isMargin() && amount.scaledBy(leverage).compareTo(left) > 0) {
            String why = "insufficient free equity: equity=" + book.equity() + " exposure=" + book.grossExposure()
                    + " leverage=" + leverage.toPlainString() + " free="
                    + (leverage.signum() == 0 ? left : left.averageOver(new Qty(leverage))) + " asked=" + amount;
            AccountReports.refuse(command, why, out);
            return;
        }
        move(book, amount.negated(), command.ts(), out);
        AccountReports.send(book, AccountEvent.WITHDRAWN, amount, "cash=" + book.cash(), command.ts(), out);
    }

    /** Moving money is neither profit nor loss: what losses are measured from moves along. */
    private void move(AccountBook book, Money amount, long ts, Outbox out) {
        guard.onTime(book, ts, out);
        book.addCash(amount);
        book.setWatch(book.watch().moved(amount));
    }

    private static @Nullable Money amount(Account command, AccountBook book, Outbox out) {
        Money amount = command.amount();
        String currency = command.currency();
        if (amount == null || amount.signum() <= 0) {
            AccountReports.refuse(command, "amount must be above 0, was " + amount, out);
            return null;
        }
        if (!Bounds.ENTERED.admits(amount.value())) {
            AccountReports.refuse(command, "amount must have " + Bounds.ENTERED.accepted() + ", was " + amount, out);
            return null;
        }
        if (currency != null && !currency.equals(book.currency())) {
            AccountReports.refuse(command, "the account's currency is " + book.currency() + ", was " + currency, out);
            return null;
        }
        return amount;
    }

    private void setLimits(Account command, AccountBook book, Outbox out) {
        SortedMap<String, String> asked = command.limits();
        if (asked == null || asked.isEmpty()) {
            AccountReports.refuse(command, "limits are missing", out);
            return;
        }
        SortedMap<String, String> all = new TreeMap<>(book.profile().limits());
        all.putAll(asked);
        LimitSettings effective;
        try {
            effective = books.limits(book.id(), all);
        } catch (IllegalArgumentException e) {
            AccountReports.refuse(command, String.valueOf(e.getMessage()), out);
            return;
        }
        book.setLimits(book.profile().withLimits(all), effective);
        AccountEvent event = AccountEvent.LIMITS_SET;
        out.send(
                Channel.ACCOUNTS,
                new Account(out.header(command.ts()), book.id(), null, event, null, null, all, command.text()));
    }

    private void resume(Account command, AccountBook book, Outbox out) {
        if (book.standing().state() == TradingState.ACTIVE) {
            AccountReports.refuse(command, "account " + book.id() + " is active" + globally(book), out);
            return;
        }
        guard.restart(book, command.ts());
        killSwitch.resume(book, reason(command) + globally(book), command.ts(), out);
    }

    private static String globally(AccountBook book) {
        return book.globalHaltReason() == null ? "" : ", but all accounts are halted: resume * ends that";
    }
}
