package papertape.risk;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.AccountSettings;
import papertape.common.config.Config;
import papertape.common.config.LimitSettings;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;

/** The accounts of a partition, and which of them hold what. */
final class Books {
    private final Map<AccountId, AccountBook> books = new TreeMap<>();
    private final Map<Instrument, Map<AccountId, AccountBook>> holders = new HashMap<>();
    private final Map<AccountId, LimitSettings> configured = new HashMap<>();
    private final LimitSettings defaults;
    private final RiskTables tables;
    private final MarketView market;
    private final GlobalHalt globalHalt;

    /** @throws IllegalArgumentException for a limit of the configuration that is not accepted */
    Books(Config config, RiskTables tables, MarketView market, GlobalHalt globalHalt) {
        this.defaults = config.limits();
        this.tables = tables;
        this.market = market;
        this.globalHalt = globalHalt;
        for (AccountSettings account : config.accounts()) {
            configured.put(account.name(), Limits.with(defaults, account.limits()));
        }
        for (AccountId account : tables.profiles().entries().keySet()) {
            load(account);
        }
    }

    @Nullable
    AccountBook get(AccountId account) {
        return books.get(account);
    }

    /** All accounts in the order of their names. */
    Collection<AccountBook> all() {
        return books.values();
    }

    /** Accounts that have, or had, a position or an order in an instrument. */
    Collection<AccountBook> holding(Instrument instrument) {
        return holders.getOrDefault(instrument, Map.of()).values();
    }

    /** Whether an open order of another account has this id. */
    boolean isElsewhere(OrderId order, AccountId than) {
        for (AccountBook book : books.values()) {
            if (!book.id().equals(than) && book.open(order) != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * An account's limits: the configuration's, then the account's own there, then what was set while running.
     *
     * @throws IllegalArgumentException for a name or value that is not accepted
     */
    LimitSettings limits(AccountId account, Map<String, String> set) {
        return Limits.with(configured.getOrDefault(account, defaults), set);
    }

    /** Makes the book of an account whose profile and cash are in the tables. */
    AccountBook load(AccountId account) {
        Profile profile = tables.profiles().getOrDefault(account, Opening.CASH_PROFILE);
        LimitSettings limits = limits(account, profile.limits());
        AccountBook book = new AccountBook(account, tables, market, limits, globalHalt, this::holds);
        books.put(account, book);
        return book;
    }

    private void holds(Instrument instrument, AccountBook book) {
        holders.computeIfAbsent(instrument, any -> new TreeMap<>()).put(book.id(), book);
    }
}
