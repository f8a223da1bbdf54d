package papertape.cli.look;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import papertape.cli.report.ReportData;
import papertape.common.config.Config;
import papertape.common.message.Account;
import papertape.common.message.Execution;
import papertape.common.message.Pnl;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import papertape.execution.LateText;
import papertape.look.AccountHistory;
import papertape.look.History;

/** Gathers what a tearsheet tells from an account's history. */
public final class AccountReport {
    private AccountReport() {}

    public static ReportData of(History history, Config config, AccountId account) {
        return of(account, config, history.events(account), history.reports(account), history.executions(account));
    }

    static ReportData of(
            AccountId account, Config config, List<Account> events, List<Pnl> reports, List<Execution> executions) {
        AccountHistory known = AccountHistory.of(account, config, events, reports, executions);
        return new ReportData(
                account,
                known.currency(),
                known.equity(),
                known.fills(),
                known.positions(),
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
}
