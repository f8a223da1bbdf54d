package papertape.risk;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import papertape.common.config.LimitSettings;
import papertape.common.ledger.Position;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * One account's cash, positions, open orders and what they reserve. The only writer of the account's saved entries; sums
 * are kept beside them, exact, so that a mark costs one multiplication. Amounts are in the account's currency.
 */
final class AccountBook {
    private final AccountId id;
    private final RiskTables tables;
    private final MarketView market;
    private final BiConsumer<Instrument, AccountBook> onHolding;
    private final Map<OrderId, OpenOrder> open = new TreeMap<>();
    private final Map<Instrument, Valued> holdings = new TreeMap<>();
    private final RecentIds ids;
    private final RequestWindow submits;
    private final RequestWindow modifies;
    private final GlobalHalt globalHalt;
    private LimitSettings limits;
    private Money positionsValue = Money.ZERO;
    private Money reserved = Money.ZERO;
    private Money fees = Money.ZERO;

    /** A holding and what is kept of it; {@code exposure} is absent until somebody asks after a change. */
    private static final class Valued {
        private final Holding holding;
        private Money value = Money.ZERO;
        private @Nullable Money exposure;

        private Valued(Holding holding) {
            this.holding = holding;
        }
    }

    AccountBook(
            AccountId id,
            RiskTables tables,
            MarketView market,
            LimitSettings limits,
            GlobalHalt globalHalt,
            BiConsumer<Instrument, AccountBook> onHolding) {
        this.id = id;
        this.tables = tables;
        this.market = market;
        this.limits = limits;
        this.globalHalt = globalHalt;
        this.onHolding = onHolding;
        this.ids = new RecentIds(id, tables.ids());
        this.submits = new RequestWindow(id, tables.submits());
        this.modifies = new RequestWindow(id, tables.modifies());
        load();
    }

    private void load() {
        Key from = new Key(id, "");
        for (Key key : tables.positions().entries().tailMap(from).keySet()) {
            if (!key.account().equals(id)) {
                break;
            }
            onMark(Instrument.of(key.name()));
        }
        for (Map.Entry<Key, OpenOrder> entry :
                tables.orders().entries().tailMap(from).entrySet()) {
            if (!entry.getKey().account().equals(id)) {
                break;
            }
            count(entry.getValue());
        }
    }

    AccountId id() {
        return id;
    }

    Profile profile() {
        return requireNonNull(tables.profiles().get(id));
    }

    String currency() {
        return profile().currency();
    }

    boolean isMargin() {
        return profile().isMargin();
    }

    LimitSettings limits() {
        return limits;
    }

    /** @param overrides what was set while running, all of it; {@code effective} is the configuration with it */
    void setLimits(Profile overrides, LimitSettings effective) {
        tables.profiles().put(id, overrides);
        limits = effective;
    }

    Standing standing() {
        return tables.standings().getOrDefault(id, Standing.ACTIVE);
    }

    void setStanding(Standing changed) {
        tables.standings().put(id, changed);
    }

    /** Why all accounts are halted; null while they are not. */
    @Nullable
    String globalHaltReason() {
        return globalHalt.reason();
    }

    /** Whether the order, with the open orders of its side, does nothing but reduce the position. */
    boolean isReduced(Candidate order) {
        Holding holding = holding(order.instrument());
        return holding.demand(order.side(), order).qty().compareTo(holding.closable(order.side())) <= 0;
    }

    Watch watch() {
        return requireNonNull(tables.watches().get(id));
    }

    void setWatch(Watch changed) {
        tables.watches().put(id, changed);
    }

    Counts counts() {
        return tables.counts().getOrDefault(id, Counts.NONE);
    }

    void countApproved(long day) {
        tables.counts().put(id, counts().plusApproved(day));
    }

    RequestWindow submits() {
        return submits;
    }

    RequestWindow modifies() {
        return modifies;
    }

    boolean knowsId(OrderId order) {
        return open.containsKey(order) || ids.contains(order);
    }

    void rememberId(OrderId order) {
        ids.add(order, counts().ids());
        tables.counts().put(id, counts().plusId());
    }

    Money cash() {
        return requireNonNull(tables.cash().get(id));
    }

    /** Adds to the cash, or takes from it. */
    void addCash(Money amount) {
        tables.cash().put(id, cash().plus(amount));
    }

    /** What open buys hold back: what is left of them at their prices, and the taker fee. */
    Money reserved() {
        return reserved;
    }

    /** Cash that no open order holds back. */
    Money available() {
        return cash().minus(reserved);
    }

    Money equity() {
        return cash().plus(positionsValue);
    }

    /** Taker fees of all open orders. */
    Money openFees() {
        return fees;
    }

    /** Open orders by id; for reading. */
    Map<OrderId, OpenOrder> open() {
        return open;
    }

    /** As {@link #open}, a copy that stays as it is while orders end. */
    List<OpenOrder> openNow() {
        return new ArrayList<>(open.values());
    }

    @Nullable
    OpenOrder open(OrderId order) {
        return open.get(order);
    }

    /** Position and open orders in an instrument; an empty holding where there was none. */
    Holding holding(Instrument instrument) {
        return valued(instrument).holding;
    }

    private Valued valued(Instrument instrument) {
        Valued valued = holdings.get(instrument);
        if (valued == null) {
            Position saved = tables.positions().get(key(instrument));
            valued = new Valued(
                    new Holding(saved == null ? Position.flat(profile().method()) : saved));
            holdings.put(instrument, valued);
            onHolding.accept(instrument, this);
        }
        return valued;
    }

    boolean hasPosition(Instrument instrument) {
        Valued valued = holdings.get(instrument);
        return valued != null && !valued.holding.position().isFlat();
    }

    /** Values the position in an instrument anew: its mark, or the position itself, has changed. */
    void onMark(Instrument instrument) {
        Valued valued = valued(instrument);
        Qty qty = valued.holding.position().qty();
        Money value =
                qty.isZero() ? Money.ZERO : price(instrument, valued.holding).times(qty);
        value = value.scaledBy(rate(instrument));
        positionsValue = positionsValue.minus(valued.value).plus(value);
        valued.value = value;
        valued.exposure = null;
    }

    /** The mark; for a position that never had one its average price, since a missing price is never counted as zero. */
    private Price price(Instrument instrument, Holding holding) {
        KnownMark mark = market.mark(instrument);
        if (mark != null) {
            return mark.price();
        }
        Price average = holding.position().averagePx();
        return average == null ? Price.ZERO : average;
    }

    private BigDecimal rate(Instrument instrument) {
        BigDecimal rate = market.rate(instrument, currency());
        // an order without a rate is denied, so only a fill that should not be gets here, and that halts the account
        return rate == null ? BigDecimal.ONE : rate;
    }

    /** What the orders of one side and the position can come to in an instrument, with the candidate or without. */
    Money exposure(Instrument instrument, Side side, @Nullable Candidate candidate) {
        Holding holding = holding(instrument);
        return holding.exposure(side, price(instrument, holding), candidate).scaledBy(rate(instrument));
    }

    /** As {@link #exposure(Instrument, Side, Candidate)}, the larger of both sides. */
    Money exposure(Instrument instrument, @Nullable Candidate candidate) {
        Valued valued = valued(instrument);
        if (candidate != null) {
            return exposureOf(instrument, valued.holding, candidate);
        }
        Money known = valued.exposure;
        if (known == null) {
            known = exposureOf(instrument, valued.holding, null);
            valued.exposure = known;
        }
        return known;
    }

    private Money exposureOf(Instrument instrument, Holding holding, @Nullable Candidate candidate) {
        return holding.exposure(price(instrument, holding), candidate).scaledBy(rate(instrument));
    }

    /** Exposures of all instruments. */
    Money grossExposure() {
        Money sum = Money.ZERO;
        for (Instrument instrument : holdings.keySet()) {
            sum = sum.plus(exposure(instrument, null));
        }
        return sum;
    }

    void put(OpenOrder order) {
        discount(order.orderId());
        count(order);
        tables.orders().put(key(order.orderId()), order);
    }

    void remove(OrderId order) {
        discount(order);
        tables.orders().remove(key(order));
    }

    private void count(OpenOrder order) {
        open.put(order.orderId(), order);
        Valued valued = valued(order.instrument());
        valued.holding.put(order);
        valued.exposure = null;
        reserved = reserved.plus(reservation(order));
        fees = fees.plus(fee(order));
    }

    private void discount(OrderId orderId) {
        OpenOrder order = open.remove(orderId);
        if (order == null) {
            return;
        }
        Valued valued = valued(order.instrument());
        valued.holding.remove(orderId);
        valued.exposure = null;
        reserved = reserved.minus(reservation(order));
        fees = fees.minus(fee(order));
    }

    /** What an open order holds back: nothing for a sell, else the dearer of its terms and those of a pending replace. */
    Money reservation(OpenOrder order) {
        if (order.side() == Side.SELL) {
            return Money.ZERO;
        }
        Money now = cost(order, order.terms());
        ValuedTerms pending = order.pending();
        return pending == null ? now : now.max(cost(order, pending));
    }

    private Money cost(OpenOrder order, ValuedTerms terms) {
        Money notional = terms.valuePx().times(order.left(terms.qty()));
        return notional.plus(takerFee(order, terms)).scaledBy(rate(order.instrument()));
    }

    private Money fee(OpenOrder order) {
        Money now = takerFee(order, order.terms());
        ValuedTerms pending = order.pending();
        return (pending == null ? now : now.max(takerFee(order, pending))).scaledBy(rate(order.instrument()));
    }

    private Money takerFee(OpenOrder order, ValuedTerms terms) {
        Listing listing = market.listing(order.instrument());
        return listing == null ? Money.ZERO : listing.takerFee(order.left(terms.qty()), terms.valuePx());
    }

    /** Books a fill: position and cash. */
    void book(Instrument instrument, Side side, Qty qty, Price px, Money commission) {
        Holding holding = holding(instrument);
        holding.position(holding.position().filled(side, qty, px, commission));
        tables.positions().put(key(instrument), holding.position());
        Money paid = px.times(qty.signed(side)).plus(commission);
        addCash(paid.negated().scaledBy(rate(instrument)));
        onMark(instrument);
    }

    private Key key(Instrument instrument) {
        return new Key(id, instrument.name());
    }

    private Key key(OrderId order) {
        return new Key(id, order.value());
    }
}
