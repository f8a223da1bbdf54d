package papertape.risk;

import java.math.BigDecimal;
import papertape.common.stage.Outbox;
import papertape.common.value.Money;

/**
 * Watches what an account has lost: a daily loss restricts it until the day ends, a drawdown from the peak halts it until
 * it is resumed by hand. States only get stricter by loss; a recovery within the day changes nothing.
 */
final class LossGuard {
    private final KillSwitch killSwitch;

    LossGuard(KillSwitch killSwitch) {
        this.killSwitch = killSwitch;
    }

    /** To be called after each fill and mark. */
    void onEquity(AccountBook book, long ts, Outbox out) {
        onTime(book, ts, out);
        Money equity = book.equity();
        Watch watch = book.watch();
        if (equity.compareTo(watch.peakEquity()) > 0) {
            book.setWatch(watch.withPeak(equity));
            return;
        }
        if (!book.standing().isHalted()) {
            judge(book, watch, equity, ts, out);
        }
    }

    /** Begins a new day where event time has reached one; a day before yesterday means that data began again. */
    void onTime(AccountBook book, long ts, Outbox out) {
        Watch watch = book.watch();
        long day = Days.of(ts);
        if (day == watch.day() || day == watch.day() - 1) {
            return;
        }
        book.setWatch(watch.onDay(day, book.equity()));
        if (book.standing().cause() == Standing.Cause.DAILY_LOSS) {
            killSwitch.resume(book, "a new day", ts, out);
        }
    }

    /** Measures from now on, so that a resumed account is not halted again at once. */
    void restart(AccountBook book, long ts) {
        book.setWatch(new Watch(Days.of(ts), book.equity(), book.equity()));
    }

    private void judge(AccountBook book, Watch watch, Money equity, long ts, Outbox out) {
        BigDecimal drawdown = book.limits().maxDrawdownPercent();
        BigDecimal halt = book.limits().dailyLossHaltPercent();
        BigDecimal reducing = book.limits().dailyLossReducingPercent();
        if (Percent.isLost(watch.peakEquity(), equity, drawdown)) {
            String text = text("drawdown", drawdown, watch.peakEquity(), equity);
            killSwitch.halt(book, Standing.Cause.DRAWDOWN, text, ts, out);
        } else if (Percent.isLost(watch.dayEquity(), equity, halt)) {
            String text = text("daily_loss", halt, watch.dayEquity(), equity);
            killSwitch.halt(book, Standing.Cause.DAILY_LOSS, text, ts, out);
        } else if (book.standing().state() == TradingState.ACTIVE
                && Percent.isLost(watch.dayEquity(), equity, reducing)) {
            String text = text("daily_loss", reducing, watch.dayEquity(), equity);
            killSwitch.reduce(book, Standing.Cause.DAILY_LOSS, text, ts, out);
        }
    }

    private static String text(String check, BigDecimal limit, Money base, Money equity) {
        return "check=" + check + " limit=" + limit.toPlainString() + "% value=" + Percent.of(base.minus(equity), base)
                + " from=" + base + " equity=" + equity;
    }
}
