package papertape.cli.look;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import papertape.cli.report.ReportData;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.ledger.Rates;
import papertape.common.message.Account;
import papertape.common.message.Execution;
import papertape.common.message.Pnl;
import papertape.common.statistics.EquityPoint;
import papertape.common.statistics.Fill;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.execution.LateText;
import papertape.look.History;

/** Gathers what a tearsheet tells from an account's history. */
public final class AccountReport {
    private final Config config;
    private final Rates rates;
    private final String currency;

    private AccountReport(Config config, String currency) {
        this.config = config;
        this.rates = new Rates(config.rates());
        this.currency = currency;
    }

    public static ReportData of(History history, Config config, AccountId account) {
        return of(account, config, history.events(account), history.reports(account), history.executions(account));
    }

    static ReportData of(
            AccountId account, Config config, List<Account> events, List<Pnl> reports, List<Execution> executions) {
        AccountReport report = new AccountReport(config, currency(events));
        return new ReportData(
                account,
                report.currency,
                report.equity(reports, events),
                report.fills(executions),
                latest(reports),
                late(executions),
                config.pnl().annualisationDays());
    }

    private static ReportData.Late late(List<Execution> executions) {
        Set<OrderId> orders = new HashSet<>();
        long most = 0;
        for (Execution execution : executions) {
            OptionalLong late = LateText.of(execution.text());
            if (late.isPresent()) {
                orders.add(execution.orderId());
                most = Math.max(most, late.getAsLong());
            }
        }
        return new ReportData.Late(orders.size(), most);
    }

    private static String currency(List<Account> events) {
        for (Account event : events) {
            if (event.event() == AccountEvent.OPENED && event.currency() != null) {
                return event.currency();
            }
        }
        return "USD";
    }

    /** A deposit's report is known by its cause: the times of different sources need not be in one order. */
    private List<EquityPoint> equity(List<Pnl> reports, List<Account> events) {
        Map<MessageId, Money> flows = new HashMap<>();
        events.forEach(event -> flows.put(event.header().id(), flow(event)));
        List<EquityPoint> points = new ArrayList<>();
        long latest = Long.MIN_VALUE;
        for (Pnl report : reports) {
            Money equity = report.equity();
            if (report.instrument() != null || equity == null) {
                continue;
            }
            MessageId cause = report.header().cause();
            Money flow = cause == null ? null : flows.remove(cause);
            latest = Math.max(latest, report.ts());
            points.add(new EquityPoint(latest, equity, flow == null ? Money.ZERO : flow));
        }
        return points;
    }

    private static Money flow(Account event) {
        Money amount = event.amount();
        if (amount == null || event.event() == null) {
            return Money.ZERO;
        }
        return switch (event.event()) {
            case OPENED, DEPOSITED -> amount;
            case WITHDRAWN -> amount.negated();
            case LIMITS_SET, REDUCING, HALTED, RESUMED, REFUSED -> Money.ZERO;
        };
    }

    private List<Fill> fills(List<Execution> executions) {
        List<Fill> fills = new ArrayList<>();
        for (Execution e : executions) {
            if (e.execType() == ExecType.TRADE && e.lastPx() != null) {
                fills.add(new Fill(
                        e.ts(),
                        e.instrument(),
                        e.side(),
                        e.lastQty(),
                        e.lastPx(),
                        e.commission(),
                        rate(e.instrument())));
            }
        }
        return fills;
    }

    private BigDecimal rate(Instrument instrument) {
        for (InstrumentSettings settings : config.instruments()) {
            if (settings.name().equals(instrument)) {
                return rates.rate(settings.quote(), currency).orElse(BigDecimal.ONE);
            }
        }
        return BigDecimal.ONE;
    }

    private static List<Pnl> latest(List<Pnl> reports) {
        Map<Instrument, Pnl> latest = new TreeMap<>();
        for (Pnl report : reports) {
            if (report.instrument() != null) {
                latest.put(report.instrument(), report);
            }
        }
        return List.copyOf(latest.values());
    }
}
