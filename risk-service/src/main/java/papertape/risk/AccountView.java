package papertape.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.ledger.Position;
import papertape.common.stage.MarketTime;
import papertape.common.stage.StateStore;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * An account as the checks see it, for those who look at the saved state from outside. Amounts are in its currency.
 *
 * @param type cash or margin
 * @param state active, reducing or halted
 * @param isHaltedWithAll whether the halt of all accounts holds
 * @param reason of the state, in words; empty while active
 * @param reserved what open buys hold back of the cash
 * @param limits in force, by name, in the order of the configuration
 * @param setLimits names of those that were set while running
 * @param openOrders approved and not final
 */
public record AccountView(
        AccountId account,
        String type,
        String currency,
        String costMethod,
        String state,
        boolean isHaltedWithAll,
        String reason,
        Money cash,
        Money reserved,
        Money available,
        Money equity,
        Map<String, String> limits,
        Set<String> setLimits,
        List<Holding> positions,
        List<OrderId> openOrders) {

    /**
     * A position; prices in the instrument's quote currency, as are amounts.
     *
     * @param avgPx absent when flat
     * @param mark absent while none is known
     * @param unrealized absent without a mark
     */
    public record Holding(
            Instrument instrument,
            Qty qty,
            @Nullable Price avgPx,
            @Nullable Price mark,
            Money realized,
            @Nullable Money unrealized,
            Money fees) {}

    /** All open accounts of the partition whose state this is, by name; only reads. */
    public static List<AccountView> all(StateStore saved, Config config) {
        RiskTables tables = RiskTables.open(saved);
        MarketView market = new MarketView(
                config, tables.marks(), new MarketTime(saved, config.bus().maxClientSkewMs()));
        Books books = new Books(config, tables, market, new GlobalHalt(tables.globalHalt()));
        List<AccountView> views = new ArrayList<>();
        for (AccountBook book : books.all()) {
            views.add(of(book, tables, market));
        }
        return views;
    }

    private static AccountView of(AccountBook book, RiskTables tables, MarketView market) {
        Standing standing = book.standing();
        String global = book.globalHaltReason();
        Profile profile = book.profile();
        return new AccountView(
                book.id(),
                profile.isMargin() ? "margin" : "cash",
                profile.currency(),
                lower(profile.method()),
                lower(global == null ? standing.state() : TradingState.HALTED),
                global != null,
                global == null ? standing.reason() : "all accounts: " + global,
                book.cash(),
                book.reserved(),
                book.available(),
                book.equity(),
                Limits.texts(book.limits()),
                new TreeSet<>(profile.limits().keySet()),
                positions(book.id(), tables, market),
                List.copyOf(book.open().keySet()));
    }

    private static List<Holding> positions(AccountId account, RiskTables tables, MarketView market) {
        List<Holding> holdings = new ArrayList<>();
        tables.positions().entries().forEach((key, position) -> {
            if (key.account().equals(account)) {
                holdings.add(holding(Instrument.of(key.name()), position, market));
            }
        });
        return holdings;
    }

    private static Holding holding(Instrument instrument, Position position, MarketView market) {
        KnownMark known = market.mark(instrument);
        Price mark = known == null ? null : known.price();
        return new Holding(
                instrument,
                position.qty(),
                position.averagePx(),
                mark,
                position.realized(),
                mark == null ? null : position.unrealized(mark),
                position.fees());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
