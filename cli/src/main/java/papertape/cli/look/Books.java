package papertape.cli.look;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import papertape.common.bus.Bus;
import papertape.common.bus.Partitions;
import papertape.common.config.Config;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;
import papertape.execution.OrderView;
import papertape.risk.AccountView;

/** Accounts and open orders of a running stack, from its services' saved state. */
public final class Books {
    private final Bus bus;
    private final Config config;
    private final Partitions partitions;

    public Books(Bus bus, Config config) {
        this.bus = bus;
        this.config = config;
        this.partitions = new Partitions(config.bus().partitions());
    }

    /** Every open account, by name. */
    public List<AccountView> accounts() {
        List<AccountView> all = new ArrayList<>();
        for (int p = 0; p < partitions.count(); p++) {
            all.addAll(AccountView.all(SavedTables.of(bus, "risk", p), config));
        }
        all.sort(Comparator.comparing(AccountView::account));
        return all;
    }

    public Optional<AccountView> account(AccountId account) {
        SavedTables saved = SavedTables.of(bus, "risk", partitions.of(account.value()));
        return AccountView.all(saved, config).stream()
                .filter(view -> view.account().equals(account))
                .findFirst();
    }

    /** Every order that is at the venue and not final, of all accounts, by account and then in order of arrival. */
    public List<OrderView> orders() {
        List<OrderView> all = new ArrayList<>();
        for (int p = 0; p < partitions.count(); p++) {
            all.addAll(OrderView.all(SavedTables.of(bus, "execution", p)));
        }
        all.sort(Comparator.comparing(OrderView::account)
                .thenComparing(OrderView::instrument)
                .thenComparingLong(OrderView::seq));
        return all;
    }

    public Optional<OrderView> order(AccountId account, OrderId order) {
        return orders().stream()
                .filter(view -> view.account().equals(account) && view.orderId().equals(order))
                .findFirst();
    }

    /** The partition of an account's channels. */
    public int partition(AccountId account) {
        return partitions.of(account.value());
    }
}
