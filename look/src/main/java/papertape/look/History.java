package papertape.look;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import papertape.common.bus.Bus;
import papertape.common.bus.Partitions;
import papertape.common.config.Config;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.message.Message;
import papertape.common.message.Pnl;
import papertape.common.value.AccountId;
import papertape.common.value.OrderId;

/** What has happened to an account, from the journals; from the database where a journal was trimmed. */
public final class History {
    private final Bus bus;
    private final JournalReader journals;
    private final Partitions partitions;
    private final Config config;

    public History(Bus bus, Config config) {
        this.bus = bus;
        this.journals = new JournalReader(bus);
        this.partitions = new Partitions(config.bus().partitions());
        this.config = config;
    }

    public List<Execution> executions(AccountId account) {
        return read(Channel.EXECUTIONS, account, Execution.class, "\"", StoredHistory::executions, Execution::account);
    }

    /** An order's whole life, the first execution first; empty when nothing is known of it. */
    public List<Execution> executions(AccountId account, OrderId order) {
        String part = "\"orderId\":\"" + order + "\"";
        return read(
                        Channel.EXECUTIONS,
                        account,
                        Execution.class,
                        part,
                        stored -> stored.executions(order),
                        Execution::account)
                .stream()
                .filter(execution -> execution.orderId().equals(order))
                .toList();
    }

    public List<Account> events(AccountId account) {
        return read(Channel.ACCOUNTS, account, Account.class, "\"event\"", StoredHistory::events, Account::account);
    }

    public List<Pnl> reports(AccountId account) {
        return read(Channel.PNL, account, Pnl.class, "\"", StoredHistory::reports, Pnl::account);
    }

    private <M extends Message> List<M> read(
            Channel channel,
            AccountId account,
            Class<M> type,
            String part,
            Function<StoredHistory, List<M>> stored,
            Function<M, AccountId> owner) {
        int partition = partitions.of(account.value());
        if (journals.isTrimmed(channel, partition)) {
            try (StoredHistory database = StoredHistory.open(config.database(), account, bus.stackId())) {
                return stored.apply(database);
            }
        }
        List<M> found = new ArrayList<>();
        journals.read(channel, partition, part, message -> {
            if (type.isInstance(message) && owner.apply(type.cast(message)).equals(account)) {
                found.add(type.cast(message));
            }
        });
        return found;
    }
}
