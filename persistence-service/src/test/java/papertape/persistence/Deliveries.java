package papertape.persistence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.message.Account;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.message.LastFill;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.Order;
import papertape.common.message.OrderOptions;
import papertape.common.message.OrderProgress;
import papertape.common.message.OrderRef;
import papertape.common.message.OrderTerms;
import papertape.common.message.Pnl;
import papertape.common.message.Quote;
import papertape.common.message.Raw;
import papertape.common.message.ReplaceOrder;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.runtime.Sink.Delivery;
import papertape.common.value.AccountAction;
import papertape.common.value.AccountEvent;
import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.ExecId;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Liquidity;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;
import papertape.common.value.TradeId;

/** Messages with their places: numbers each channel of partition 3 from 1, and the events a millisecond apart. */
final class Deliveries {
    static final int PARTITION = 3;
    static final long START = 1_700_000_000_000_000L;
    static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");
    static final AccountId MAIN = AccountId.of("main");
    static final StrategyId CROSS = StrategyId.of("cross");

    private final List<Delivery> list = new ArrayList<>();
    private final Map<Channel, Long> seqs = new EnumMap<>(Channel.class);
    private long ts = START;

    List<Delivery> list() {
        return list;
    }

    Map<Channel, Map<Integer, Long>> journals() {
        var journals = new EnumMap<Channel, Map<Integer, Long>>(Channel.class);
        seqs.forEach((channel, seq) -> journals.put(channel, Map.of(PARTITION, seq)));
        return journals;
    }

    private Header header(String id, String cause) {
        ts += 1_000;
        return new Header(MessageId.of(id), ts, cause == null ? null : MessageId.of(cause), ts + 250);
    }

    Deliveries add(Channel channel, Message message) {
        long seq = seqs.merge(channel, 1L, Long::sum);
        list.add(new Delivery(channel, PARTITION, seq, message));
        return this;
    }

    Deliveries trade(String id, String price, String qty) {
        return add(
                Channel.TICKS,
                new Trade(
                        header(id, "feed.3-1"),
                        BTC,
                        Price.of(price),
                        Qty.of(qty),
                        Side.SELL,
                        TradeId.of("t-" + id),
                        77));
    }

    Deliveries quote(String id, String bid, String ask) {
        return add(
                Channel.TICKS,
                new Quote(
                        header(id, "feed.3-1"),
                        BTC,
                        bid == null ? null : Price.of(bid),
                        bid == null ? null : Qty.of("2"),
                        Price.of(ask),
                        Qty.of("3.5"),
                        78));
    }

    Deliveries signal(String id, String cause) {
        return add(
                Channel.SIGNALS,
                new Signal(
                        header(id, cause),
                        CROSS,
                        MAIN,
                        BTC,
                        Direction.LONG,
                        0.75,
                        Price.of("50000.5"),
                        "fast above slow"));
    }

    Deliveries order(Channel channel, String id, String cause, String orderId, String qty) {
        return add(
                channel,
                new NewOrder(
                        header(id, cause),
                        new Order(
                                new OrderRef(OrderId.of(orderId), MAIN, CROSS, BTC),
                                limit(Side.BUY, qty),
                                OrderOptions.NONE.withPostOnly(true))));
    }

    Deliveries fill(String id, String orderId, Side side, String qty, String px, String commission) {
        return add(
                Channel.EXECUTIONS,
                new Execution(
                        header(id, "risk.3-1"),
                        ExecId.of("e-" + id),
                        new OrderRef(OrderId.of(orderId), MAIN, CROSS, BTC),
                        limit(side, "4"),
                        new OrderProgress(
                                ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, Qty.of("1"), Qty.of(qty), Price.of(px)),
                        new LastFill(Qty.of(qty), Price.of(px), Money.of(commission), Liquidity.TAKER),
                        "rule=walk level=1"));
    }

    Deliveries refusal(String id, String orderId) {
        return add(
                Channel.EXECUTIONS,
                new Execution(
                        header(id, null),
                        new OrderRef(OrderId.of(orderId), MAIN, null, BTC),
                        null,
                        OrderProgress.none(ExecType.CANCEL_REJECTED, OrdStatus.REJECTED),
                        LastFill.NONE,
                        "unknown order"));
    }

    private static OrderTerms limit(Side side, String qty) {
        return new OrderTerms(side, OrdType.LIMIT, TimeInForce.GTC, Qty.of(qty)).withLimitPx(Price.of("50001"));
    }

    Deliveries accountEvent(String id, AccountEvent event, String amount) {
        return add(
                Channel.ACCOUNTS,
                new Account(
                        header(id, null),
                        MAIN,
                        null,
                        event,
                        amount == null ? null : Money.of(amount),
                        "USD",
                        null,
                        "by hand"));
    }

    Deliveries pnl(String id, String realized, String unrealized, String fees, String cash, String equity) {
        return add(
                Channel.PNL,
                new Pnl(
                        header(id, "execution.3-1"),
                        MAIN,
                        null,
                        null,
                        null,
                        null,
                        Money.of(realized),
                        Money.of(unrealized),
                        Money.of(fees),
                        Money.of(cash),
                        Money.of(equity),
                        Money.of(equity),
                        Money.ZERO,
                        false));
    }

    /** At least one message of every type that has a journal, and the odd forms of those that have some. */
    static Deliveries everyType() {
        var all = new Deliveries();
        all.marketData();
        all.orders();
        all.account();
        all.add(
                Channel.DEADLETTER,
                new DeadLetter(all.header("risk.3-9", null), "orders", 5, 42, "qty: \"x\"", "{\"type\":\"newOrder\"}"));
        all.add(
                Channel.RAW,
                new Raw(
                        all.header("feed.3-1", null),
                        "COINBASE",
                        BTC,
                        "l2update",
                        START + 5,
                        "{\"type\":\"l2update\",\"text\":\"h\u00e9 \u20ac \\n\"}"));
        all.add(Channel.RAW, new Raw(all.header("feed.3-2", null), "COINBASE", null, "subscriptions", START, "{}"));
        return all;
    }

    private void marketData() {
        trade("etl.3-1", "50000.01", "0.00000001").quote("etl.3-2", null, "50001");
        add(
                Channel.TICKS,
                new Book(
                        header("etl.3-3", "feed.3-1"),
                        BTC,
                        true,
                        List.of(new Level(Price.of("1.5"), Qty.of("2")), new Level(Price.of("1"), Qty.ZERO)),
                        List.of(),
                        79));
        add(
                Channel.TICKS,
                new Bar(
                        header("etl.3-4", "feed.3-1"),
                        BTC,
                        "1s",
                        Price.of("1"),
                        Price.of("4"),
                        Price.of("0.5"),
                        Price.of("2"),
                        Qty.of("10"),
                        new Price(new BigDecimal("0.00001234567890123456")),
                        12,
                        true));
        add(Channel.TICKS, new FeedStatus(header("etl.3-5", null), BTC, FeedState.GAP, "sequence 5 to 8"));
    }

    private void orders() {
        signal("signal.3-1", "etl.3-1").order(Channel.ORDERS, "order.3-1", "signal.3-1", "o-1", "4");
        add(Channel.ORDERS, new CancelOrder(header("order.3-2", null), OrderId.of("o-1"), MAIN, BTC));
        add(
                Channel.ORDERS,
                new ReplaceOrder(header("order.3-3", null), OrderId.of("o-1"), MAIN, BTC, null, Price.of("9"), null));
        add(
                Channel.ORDERS,
                new NewOrder(
                        header("order.3-4", null),
                        new Order(
                                new OrderRef(OrderId.of("o-2"), MAIN, null, BTC),
                                new OrderTerms(Side.SELL, OrdType.TRAILING_STOP, TimeInForce.GTD, Qty.of("1"))
                                        .withParentId(OrderId.of("o-1")),
                                new OrderOptions(
                                        null,
                                        new BigDecimal("1.5"),
                                        START + 60_000_000,
                                        false,
                                        true,
                                        Price.of("49000.5"),
                                        Price.of("99999999999999999999.999999999999999999")))));
        order(Channel.APPROVED, "risk.3-1", "order.3-1", "o-1", "4");
        fill("execution.3-1", "o-1", Side.BUY, "0.3", "50000.12345678", "15.000037037034");
    }

    private void account() {
        accountEvent("risk.3-2", AccountEvent.OPENED, "100000");
        add(
                Channel.ACCOUNTS,
                new Account(
                        header("cli.3-1", null),
                        MAIN,
                        AccountAction.SET_LIMITS,
                        null,
                        null,
                        null,
                        new TreeMap<>(Map.of("maxOrderNotional", "500", "maxLeverage", "1")),
                        null));
        pnl("pnl.3-1", "0", "12.5", "15.000037037034", "84984.962925962966", "99997.499962962966");
        add(
                Channel.PNL,
                new Pnl(
                        header("pnl.3-2", "execution.3-1"),
                        MAIN,
                        BTC,
                        Qty.of("-0.3"),
                        Price.of("50000.1"),
                        null,
                        Money.of("-0.000000000000000000000000000000000001"),
                        Money.ZERO,
                        Money.ZERO,
                        null,
                        null,
                        null,
                        null,
                        true));
    }
}
