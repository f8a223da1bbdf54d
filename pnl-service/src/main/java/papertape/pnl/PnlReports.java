package papertape.pnl;

import java.math.RoundingMode;
import papertape.common.message.Channel;
import papertape.common.message.Pnl;
import papertape.common.stage.Outbox;
import papertape.common.value.Money;

/**
 * The two kinds of {@code pnl} messages: of one instrument, and of the whole account. Sums are exact in the saved state; a
 * conversion can give them more decimals than a message carries, and the reports then show them rounded, half even.
 */
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
                        shown(worth.realized()),
                        shown(worth.unrealized()),
                        shown(worth.fees()),
                        null,
                        null,
                        null,
                        null,
                        worth.unmarked() > 0));
    }

    static void account(AccountLedger ledger, Book book, long ts, Outbox out) {
        Valuation sum = ledger.sum();
        Money realized = shown(sum.realized());
        Money unrealized = shown(sum.unrealized());
        Money fees = shown(sum.fees());
        // from the rounded parts, so that a reader who adds them up gets the equity
        Money equity = book.flows().plus(realized).plus(unrealized).minus(fees);
        Money peak = shown(book.peakEquity());
        out.send(
                Channel.PNL,
                new Pnl(
                        out.header(ts),
                        ledger.account(),
                        null,
                        null,
                        null,
                        null,
                        realized,
                        unrealized,
                        fees,
                        shown(ledger.cash(book)),
                        equity,
                        peak,
                        drawdown(peak, equity),
                        sum.unmarked() > 0));
    }

    private static Money shown(Money exact) {
        return exact.rounded(RoundingMode.HALF_EVEN);
    }

    private static Money drawdown(Money peak, Money equity) {
        return peak.signum() <= 0
                ? Money.ZERO
                : new Money(peak.minus(equity).value().divide(peak.value(), DRAWDOWN_SCALE, RoundingMode.HALF_EVEN));
    }
}
