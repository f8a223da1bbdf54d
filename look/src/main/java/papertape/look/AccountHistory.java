package papertape.look;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

/**
 * An account's equity, fills and positions, as statistics want them.
 *
 * @param currency of the account
 * @param equity in the order of time, with each deposit and withdrawal as a flow
 * @param fills in the order of time
 * @param positions the latest report of each instrument
 */
public record AccountHistory(
        AccountId account, String currency, List<EquityPoint> equity, List<Fill> fills, List<Pnl> positions) {
    public static AccountHistory of(History history, Config config, AccountId account) {
        return of(account, config, history.events(account), history.reports(account), history.executions(account));
    }

    public static AccountHistory of(
            AccountId account, Config config, List<Account> events, List<Pnl> reports, List<Execution> executions) {
        String currency = currency(events);
        return new AccountHistory(
                account, currency, equity(reports, events), fills(executions, config, currency), latest(reports));
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
    private static List<EquityPoint> equity(List<Pnl> reports, List<Account> events) {
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

    private static List<Fill> fills(List<Execution> executions, Config config, String currency) {
        Rates rates = new Rates(config.rates());
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
                        rate(e.instrument(), config, rates, currency)));
            }
        }
        return fills;
    }

    private static BigDecimal rate(Instrument instrument, Config config, Rates rates, String currency) {
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
