package papertape.risk;

import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Money;

/** Facts about accounts, for the accounts channel. */
final class AccountReports {
    private AccountReports() {}

    static void send(AccountId account, AccountEvent event, String text, long ts, Outbox out) {
        out.send(Channel.ACCOUNTS, new Account(out.header(ts), account, null, event, null, null, null, text));
    }

    static void send(AccountBook book, AccountEvent event, Money amount, String text, long ts, Outbox out) {
        out.send(
                Channel.ACCOUNTS,
                new Account(out.header(ts), book.id(), null, event, amount, book.currency(), null, text));
    }

    /** The answer to a command that was not followed. */
    static void refuse(Account command, String why, Outbox out) {
        String text = command.action() + " refused: " + why;
        AccountEvent event = AccountEvent.REFUSED;
        out.send(
                Channel.ACCOUNTS,
                new Account(
                        out.header(command.ts()),
                        command.account(),
                        null,
                        event,
                        command.amount(),
                        command.currency(),
                        command.limits(),
                        text));
    }
}
