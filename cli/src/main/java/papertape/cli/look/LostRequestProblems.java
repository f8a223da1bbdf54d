package papertape.cli.look;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import papertape.common.bus.Bus;
import papertape.common.config.Config;
import papertape.common.stage.StateTable;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import papertape.execution.OrderView;
import papertape.look.Problem;
import papertape.risk.AccountView;

/**
 * Orders that the risk service holds money back for and that the execution does not know, after it has met requests whose
 * text did not tell which order they were about.
 */
public final class LostRequestProblems {
    private static final int SHOWN = 5;

    private record Known(AccountId account, OrderId orderId) {}

    private LostRequestProblems() {}

    public static List<Problem> of(Bus bus, Config config) {
        if (unreadable(bus, config.bus().partitions()) == 0) {
            return List.of();
        }
        Books books = new Books(bus, config);
        // the accounts first: an order that ends in between is in neither list
        List<AccountView> accounts = books.accounts();
        Set<Known> live = new HashSet<>();
        for (OrderView view : books.orders()) {
            live.add(new Known(view.account(), view.orderId()));
        }
        List<String> lost = new ArrayList<>();
        for (AccountView account : accounts) {
            for (OrderId order : account.openOrders()) {
                if (!live.contains(new Known(account.account(), order))) {
                    lost.add(order + " of " + account.account());
                }
            }
        }
        return lost.isEmpty() ? List.of() : List.of(new Problem("execution", text(lost)));
    }

    private static String text(List<String> lost) {
        return "approved requests were dead letters that named no order, and these orders, for which the risk service holds"
                + " money back, are not known: " + String.join(", ", lost.subList(0, Math.min(SHOWN, lost.size())))
                + (lost.size() > SHOWN ? " and " + (lost.size() - SHOWN) + " more" : "")
                + "; papertape cancel ORDER --account A frees it, and is answered with unknown order";
    }

    private static long unreadable(Bus bus, int partitions) {
        long count = 0;
        for (int p = 0; p < partitions; p++) {
            StateTable<String, Long> counts =
                    SavedTables.of(bus, "execution", p).table("counters", name -> name, Long.class);
            count += counts.getOrDefault("unreadable_requests", 0L);
        }
        return count;
    }
}
