package papertape.pnl;

import java.math.RoundingMode;
import papertape.common.message.Channel;
import papertape.common.message.Pnl;
import papertape.common.stage.Outbox;
import papertape.common.value.Money;

/** The two kinds of {@code pnl} messages: of one instrument, and of the whole account. */
final class PnlReports {
    /** Decimals of a drawdown; a number of digits would turn a residue of the last digit into a very long text. */
    private static final int DRAWDOWN_SCALE = 16;

    private PnlReports() {}

    static void instrument(AccountLedger ledger, HeldPosition held, long ts, Outbox out) {
        Valuation worth = held.valuation();
        out.send(
                Channel.PNL,
                new Pnl(
                        out.header(ts),
                        ledger.account(),
                        held.instrument(),
                        held.position().qty(),
                        held.position().averagePx(),
                        held.mark(),
                        worth.realized(),
                        worth.unrealized(),
                        worth.fees(),
                        null,
                        null,
                        null,
                        null,
                        worth.unmarked() > 0));
    }

    static void account(AccountLedger ledger, Book book, long ts, Outbox out) {
        Valuation sum = ledger.sum();
        Money equity = ledger.equity(book);
        out.send(
                Channel.PNL,
                new Pnl(
                        out.header(ts),
                        ledger.account(),
                        null,
                        null,
                        null,
                        null,
                        sum.realized(),
                        sum.unrealized(),
                        sum.fees(),
                        ledger.cash(book),
                        equity,
                        book.peakEquity(),
                        drawdown(book.peakEquity(), equity),
                        sum.unmarked() > 0));
    }

    private static Money drawdown(Money peak, Money equity) {
        return peak.signum() <= 0
                ? Money.ZERO
                : new Money(peak.minus(equity).value().divide(peak.value(), DRAWDOWN_SCALE, RoundingMode.HALF_EVEN));
    }
}
