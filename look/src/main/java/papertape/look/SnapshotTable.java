package papertape.look;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Pnl;
import papertape.common.runtime.WorkerStats;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;

/** A snapshot as lines for a terminal. */
public final class SnapshotTable {
    private static final String STAGE = "%-12s %7s %10s %9s %9s %9s %10s %10s %8s%n";
    private static final String LINE = "%-12s %7s %10s %9s %20s %20s%n";
    private static final String POSITION = "%-10s %-20s %14s %14s %14s %14s %12s %12s %16s %s%n";

    private SnapshotTable() {}

    /** Without the currencies of its amounts. */
    public static String of(Snapshot snapshot) {
        return of(snapshot, (account, instrument) -> "");
    }

    /** @param currency of an account's amounts in an instrument, or in all */
    public static String of(Snapshot snapshot, BiFunction<AccountId, @Nullable Instrument, String> currency) {
        StringBuilder text = new StringBuilder();
        text.append(line(STAGE, "stage", "workers", "partitions", "in/s", "out/s", "lag", "p50", "p99", "dead"));
        for (Snapshot.StageView view : snapshot.stages()) {
            text.append(line(
                    STAGE,
                    view.stage(),
                    workers(view),
                    view.partitionsOwned() + "/" + view.partitions(),
                    view.inRate(),
                    view.outRate(),
                    view.lag(),
                    delay(view.delayP50()),
                    delay(view.delayP99()),
                    view.deadLetters()));
        }
        if (!snapshot.lines().isEmpty()) {
            text.append('\n').append(lines(snapshot));
        }
        text.append("dead letters in all: ").append(snapshot.deadLetters()).append('\n');
        text.append(orders(snapshot));
        if (!snapshot.positions().isEmpty()) {
            text.append('\n').append(positions(snapshot, currency));
        }
        snapshot.problems()
                .forEach(problem -> text.append("PROBLEM: ")
                        .append(problem.part())
                        .append(": ")
                        .append(problem.text())
                        .append('\n'));
        return text.toString();
    }

    /** What the execution says of orders that came late or failed; empty where there are none. */
    private static String orders(Snapshot snapshot) {
        SortedMap<String, Long> counters = new TreeMap<>();
        for (Snapshot.StageView view : snapshot.stages()) {
            view.counters().forEach((name, value) -> WorkerStats.merge(counters, name, value));
        }
        long late = counters.getOrDefault("late_orders", 0L);
        long failed = counters.getOrDefault("failed_orders", 0L);
        StringBuilder text = new StringBuilder();
        if (late > 0) {
            text.append("late orders in all: ").append(late).append(", by up to ");
            text.append(delay(counters.getOrDefault("late_by_us_max", 0L)));
            text.append(" of event time; their fills depend on the speed of this machine\n");
        }
        if (failed > 0) {
            text.append("orders that ended because handling them failed: ").append(failed);
            text.append("; their accounts are halted, see the execution's log\n");
        }
        return text.toString();
    }

    private static String lines(Snapshot snapshot) {
        StringBuilder text = new StringBuilder(
                line(LINE, "feed line", "workers", "partitions", "in/s", "only this line had", "both had"));
        for (Snapshot.LineView view : snapshot.lines()) {
            text.append(line(
                    LINE,
                    view.line(),
                    view.workers(),
                    view.partitionsOwned() + "/" + view.partitions(),
                    view.inRate(),
                    view.onlyIt(),
                    view.both()));
        }
        return text.toString();
    }

    /** What there is; where it is not what is wanted, of how many. */
    private static String workers(Snapshot.StageView view) {
        boolean isAsWanted = view.wanted() < 0 || view.wanted() == view.workers();
        return isAsWanted ? Integer.toString(view.workers()) : view.workers() + "/" + view.wanted();
    }

    private static String positions(Snapshot snapshot, BiFunction<AccountId, @Nullable Instrument, String> currency) {
        StringBuilder text = new StringBuilder(line(
                POSITION,
                "account",
                "instrument",
                "position",
                "average",
                "mark",
                "realized",
                "unrealized",
                "fees",
                "equity",
                "in"));
        for (Pnl pnl : snapshot.positions()) {
            text.append(line(
                    POSITION,
                    pnl.account(),
                    pnl.instrument() == null ? "(all)" : pnl.instrument().name(),
                    pnl.position() == null ? "" : pnl.position(),
                    shown(pnl.avgPx()),
                    pnl.unmarked() ? "no mark" : shown(pnl.mark()),
                    cents(pnl.realized()),
                    cents(pnl.unrealized()),
                    cents(pnl.fees()),
                    cents(pnl.equity()),
                    currency.apply(pnl.account(), pnl.instrument())));
        }
        return text.toString();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String delay(long micros) {
        if (micros == 0) {
            return "-";
        }
        return micros < 10_000
                ? micros + " us"
                : micros < 10_000_000 ? micros / 1_000 + " ms" : micros / 1_000_000 + " s";
    }

    private static String shown(@Nullable Price price) {
        return price == null
                ? ""
                : price.value()
                        .setScale(Math.min(price.value().scale(), 8), RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String cents(@Nullable Money money) {
        BigDecimal value = money == null ? null : money.value();
        return value == null ? "" : value.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
