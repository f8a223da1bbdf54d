package papertape.execution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.ExecutionSettings;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.VenueSettings;
import papertape.common.json.StateCodec;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.CancelOrder;
import papertape.common.message.Clock;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.ReplaceOrder;
import papertape.common.message.Trade;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.testkit.StageTester;
import papertape.common.value.AccountId;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TradeId;

/** A simulated venue under test: market data and orders in short words, all executions kept. Times are in milliseconds. */
final class Venue {
    static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");
    static final Instrument STOCK = Instrument.of("NASDAQ:AAPL");
    static final Instrument DUST = Instrument.of("COINBASE:DUST-USD");
    /** Its tick is no tick, so that checking a price fails. */
    static final Instrument BROKEN = Instrument.of("COINBASE:NO-TICK");
    /** 2026-01-05 14:00:00 UTC, in milliseconds. */
    static final long START = 1_767_621_600_000L;

    static final AccountId ALICE = AccountId.of("alice");

    final List<Execution> executions = new ArrayList<>();
    final StageTester tester;
    Instrument instrument = BTC;
    private Opened saved;
    private ExecutionStage stage;
    private long trades;

    Venue() {
        this("queue");
    }

    Venue(String restingFills) {
        this.tester = new StageTester("execution", context -> {
            Opened opened = new Opened(context);
            saved = opened;
            stage = new ExecutionStage(config(restingFills), opened);
            return stage;
        });
    }

    static Config config(String restingFills) {
        return new Config(
                null,
                null,
                null,
                null,
                null,
                List.of(venue("COINBASE", "60", "80", "0"), venue("NASDAQ", "0", "0", "0.005")),
                List.of(
                        instrument(BTC, "0.1", "0.001"),
                        instrument(STOCK, "0.01", "1"),
                        instrument(BROKEN, "0", "1"),
                        instrument(DUST, "0.1", "0.00000001")),
                Map.of(),
                List.of(),
                List.of(),
                null,
                new ExecutionSettings(
                        50, 60, 70, new BigDecimal("5"), restingFills, new BigDecimal("5"), new BigDecimal("10")),
                null,
                null,
                null,
                null,
                null);
    }

    private static VenueSettings venue(String name, String maker, String taker, String perShare) {
        return new VenueSettings(
                name,
                new BigDecimal(maker),
                new BigDecimal(taker),
                new BigDecimal(perShare),
                BigDecimal.ONE,
                new BigDecimal("0.5"),
                "00:00",
                BigDecimal.TEN);
    }

    private static InstrumentSettings instrument(Instrument name, String tick, String lot) {
        return new InstrumentSettings(name, Price.of(tick), Qty.of(lot), Qty.of(lot), Qty.of("1000000"), "BASE", "USD");
    }

    /** Entries of the saved state that are not what they were once written as text and read again. */
    List<String> unreadable() {
        List<String> wrong = new ArrayList<>();
        saved.kinds.forEach((name, kind) -> kind.check(saved.tables.get(name), wrong));
        return wrong;
    }

    private record Kind<K, V>(Function<String, K> key, StateCodec<V> codec, Class<V> type) {
        void check(StateTable<?, ?> table, List<String> wrong) {
            table.entries().forEach((k, v) -> {
                V value = type.cast(v);
                if (!key.apply(k.toString()).equals(k)
                        || !codec.decode(codec.encode(value)).equals(value)) {
                    wrong.add(k + " = " + v);
                }
            });
        }
    }

    /** The tables as the stage has them open, for whoever wants to read them too. */
    private static final class Opened implements StageContext, StateStore {
        private final StageContext context;
        private final Map<String, StateTable<?, ?>> tables = new TreeMap<>();
        private final Map<String, Kind<?, ?>> kinds = new TreeMap<>();

        Opened(StageContext context) {
            this.context = context;
        }

        @Override
        public String stage() {
            return context.stage();
        }

        @Override
        public int partition() {
            return context.partition();
        }

        @Override
        public int partitions() {
            return context.partitions();
        }

        @Override
        public boolean owns(String key) {
            return context.owns(key);
        }

        @Override
        public StateStore state() {
            return this;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <K extends Comparable<? super K>, V> StateTable<K, V> table(
                String name, Function<String, K> key, Class<V> value) {
            kinds.put(name, new Kind<>(key, new StateCodec<>(value), value));
            return (StateTable<K, V>)
                    tables.computeIfAbsent(name, any -> context.state().table(name, key, value));
        }
    }

    List<Execution> send(Message message) {
        List<Execution> sent = tester.send(message, Execution.class);
        executions.addAll(sent);
        return sent;
    }

    /** Event time: so many milliseconds after the start. */
    static long at(long millis) {
        return (START + millis) * 1_000;
    }

    static List<Level> levels(String... qtyAtPx) {
        List<Level> levels = new ArrayList<>();
        for (String one : qtyAtPx) {
            int sign = one.indexOf('@');
            levels.add(new Level(Price.of(one.substring(sign + 1)), Qty.of(one.substring(0, sign))));
        }
        return levels;
    }

    List<Execution> snapshot(long millis, List<Level> bids, List<Level> asks) {
        return send(new Book(tester.header(at(millis)), instrument, true, bids, asks, 0));
    }

    List<Execution> update(long millis, List<Level> bids, List<Level> asks) {
        return send(new Book(tester.header(at(millis)), instrument, false, bids, asks, 0));
    }

    List<Execution> quote(long millis, @Nullable String bid, @Nullable String ask) {
        Level b = bid == null ? null : levels(bid).getFirst();
        Level a = ask == null ? null : levels(ask).getFirst();
        return send(new Quote(
                tester.header(at(millis)),
                instrument,
                b == null ? null : b.px(),
                b == null ? null : b.qty(),
                a == null ? null : a.px(),
                a == null ? null : a.qty(),
                0));
    }

    List<Execution> trade(long millis, @Nullable Side aggressor, String qtyAtPx) {
        Level level = levels(qtyAtPx).getFirst();
        return send(new Trade(
                tester.header(at(millis)),
                instrument,
                level.px(),
                level.qty(),
                aggressor,
                TradeId.of("t" + ++trades),
                0));
    }

    /** A closed bar of one second. */
    List<Execution> bar(long millis, String open, String high, String low, String close, String volume) {
        return send(new Bar(
                tester.header(at(millis)),
                instrument,
                "1s",
                Price.of(open),
                Price.of(high),
                Price.of(low),
                Price.of(close),
                Qty.of(volume),
                Price.of(close),
                1,
                true));
    }

    List<Execution> feed(long millis, FeedState state) {
        return send(new FeedStatus(tester.header(at(millis)), instrument, state, "test"));
    }

    /** The venue's time goes on. */
    List<Execution> clock(long millis) {
        return send(new Clock(tester.header(at(millis)), instrument.venue(), at(millis)));
    }

    Ticket order(String id, Side side, String qty) {
        return new Ticket(this, id, side, qty);
    }

    Ticket buy(String id, String qty) {
        return order(id, Side.BUY, qty);
    }

    Ticket sell(String id, String qty) {
        return order(id, Side.SELL, qty);
    }

    List<Execution> cancel(long millis, String id) {
        return send(new CancelOrder(tester.header(at(millis)), OrderId.of(id), ALICE, instrument));
    }

    List<Execution> replace(
            long millis, String id, @Nullable String qty, @Nullable String limit, @Nullable String stop) {
        return send(new ReplaceOrder(
                tester.header(at(millis)),
                OrderId.of(id),
                ALICE,
                instrument,
                qty == null ? null : Qty.of(qty),
                limit == null ? null : Price.of(limit),
                stop == null ? null : Price.of(stop)));
    }

    SortedMap<String, Long> counters() {
        return stage.counters();
    }

    /** Changes an order behind the stage's back, as no check lets it in, and starts the stage from that. */
    @SuppressWarnings("unchecked")
    void spoil(OrderKey key, UnaryOperator<OrderEntry> how) {
        StateTable<OrderKey, OrderEntry> orders = (StateTable<OrderKey, OrderEntry>) saved.tables.get("orders");
        orders.put(key, how.apply(java.util.Objects.requireNonNull(orders.get(key))));
        Instrument before = instrument;
        instrument = STOCK;
        quote(0, null, null);
        instrument = before;
        tester.restart();
    }

    /** What is saved in a table. */
    Map<?, ?> saved(String table) {
        return saved.tables.get(table).entries();
    }

    String explain(String id) {
        return Explanation.of(saved, ALICE, OrderId.of(id));
    }

    OrderView view(String id) {
        return OrderView.all(saved).stream()
                .filter(view -> view.orderId().equals(OrderId.of(id)))
                .findFirst()
                .orElseThrow();
    }

    /** Executions in short: {@code id type lastQty@lastPx}, the quantity and price for trades only. */
    static List<String> brief(List<Execution> executions) {
        return executions.stream().map(Venue::brief).toList();
    }

    static String brief(Execution e) {
        String type = e.execType().name().toLowerCase(java.util.Locale.ROOT);
        return e.lastPx() == null
                ? e.orderId() + " " + type
                : e.orderId() + " " + type + " " + e.lastQty() + "@" + e.lastPx();
    }
}
