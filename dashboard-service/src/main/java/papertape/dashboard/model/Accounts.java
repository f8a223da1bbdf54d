package papertape.dashboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.message.Account;
import papertape.common.message.Pnl;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;

/** Accounts and their positions, from what risk and pnl publish of them. */
public final class Accounts {
    private static final long DAY = 86_400_000_000L;

    /** A position; amounts are in the account's currency. */
    public record PositionRow(
            String account,
            String instrument,
            String position,
            @Nullable String avgPx,
            @Nullable String mark,
            boolean unmarked,
            Money realized,
            Money unrealized,
            Money fees,
            long ts) {}

    /** An account's curve as the page gets it. */
    public record Curve(String account, List<EquitySeries.Point> points, List<EquitySeries.Marker> markers) {}

    private static final class Held {
        private String type = "";
        private String currency = "";
        private String state = "open";
        private String reason = "";
        private long since;
        private @Nullable Pnl report;
        private long day = Long.MIN_VALUE;
        private @Nullable Money dayBase;
        private final EquitySeries curve = new EquitySeries();
    }

    private final Map<AccountId, Held> accounts = new TreeMap<>();
    private final Map<AccountId, Map<Instrument, Pnl>> positions = new TreeMap<>();
    private final Map<AccountId, String> types = new TreeMap<>();
    private long version;

    Accounts(Config config) {
        config.accounts().forEach(each -> types.put(each.name(), each.type()));
    }

    void accept(Account event) {
        AccountEvent what = event.event();
        if (what == null) {
            return;
        }
        version++;
        Held held = held(event.account());
        String text = event.text() == null ? "" : event.text();
        switch (what) {
            case OPENED -> {
                held.since = event.ts();
                held.currency = event.currency() == null ? "" : event.currency();
                held.curve.mark(event.ts(), "opened", "opened");
            }
            case HALTED -> state(held, event, "halted", text);
            case REDUCING -> state(held, event, "reducing", text);
            case RESUMED -> {
                state(held, event, "open", "");
                held.curve.mark(event.ts(), "resumed", text);
            }
            case DEPOSITED -> flow(held, event.amount());
            case WITHDRAWN ->
                flow(held, event.amount() == null ? null : event.amount().negated());
            case LIMITS_SET, REFUSED -> {}
        }
    }

    private static void state(Held held, Account event, String state, String reason) {
        held.state = state;
        held.reason = reason;
        if (!state.equals("open")) {
            held.curve.mark(event.ts(), state, reason);
        }
    }

    /** Money that comes or goes is no profit. */
    private static void flow(Held held, @Nullable Money amount) {
        if (held.dayBase != null && amount != null) {
            held.dayBase = held.dayBase.plus(amount);
        }
    }

    void accept(Pnl report) {
        version++;
        if (report.instrument() != null) {
            positions.computeIfAbsent(report.account(), any -> new TreeMap<>()).put(report.instrument(), report);
            return;
        }
        Money equity = report.equity();
        Held held = held(report.account());
        if (equity == null || (held.report != null && held.report.ts() > report.ts())) {
            return;
        }
        long day = Math.floorDiv(report.ts(), DAY);
        if (day != held.day) {
            Money before = held.report == null ? null : held.report.equity();
            held.dayBase = before == null ? equity : before;
            held.day = day;
        }
        held.report = report;
        held.curve.add(report.ts(), equity);
    }

    private Held held(AccountId account) {
        return accounts.computeIfAbsent(account, any -> {
            Held held = new Held();
            held.type = types.getOrDefault(account, "cash");
            return held;
        });
    }

    long version() {
        return version;
    }

    List<AccountRow> rows() {
        List<AccountRow> rows = new ArrayList<>();
        accounts.forEach((account, held) -> rows.add(row(account, held)));
        return rows;
    }

    private static AccountRow row(AccountId account, Held held) {
        Pnl report = held.report;
        Money equity = report == null ? null : report.equity();
        Money dayPnl = equity == null || held.dayBase == null ? null : equity.minus(held.dayBase);
        return new AccountRow(
                account.value(),
                held.type,
                held.currency,
                held.state,
                held.reason,
                equity,
                report == null ? null : report.cash(),
                dayPnl,
                report == null ? null : report.realized(),
                report == null ? null : report.unrealized(),
                report == null ? null : report.fees(),
                report == null ? null : report.drawdown(),
                held.since,
                report == null ? 0 : report.ts());
    }

    /** Those that are not flat, or have been traded. */
    List<PositionRow> positions() {
        List<PositionRow> rows = new ArrayList<>();
        positions
                .values()
                .forEach(held -> held.values()
                        .forEach(pnl -> rows.add(new PositionRow(
                                pnl.account().value(),
                                String.valueOf(pnl.instrument()),
                                String.valueOf(pnl.position()),
                                pnl.avgPx() == null ? null : pnl.avgPx().toString(),
                                pnl.mark() == null ? null : pnl.mark().toString(),
                                pnl.unmarked(),
                                pnl.realized(),
                                pnl.unrealized(),
                                pnl.fees(),
                                pnl.ts()))));
        return rows;
    }

    List<Curve> curves() {
        List<Curve> curves = new ArrayList<>();
        accounts.forEach(
                (account, held) -> curves.add(new Curve(account.value(), held.curve.points(), held.curve.markers())));
        return curves;
    }
}
