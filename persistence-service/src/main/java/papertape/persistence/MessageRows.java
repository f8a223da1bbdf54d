package papertape.persistence;

import io.questdb.client.Sender;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.CancelOrder;
import papertape.common.message.Clock;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderRequest;
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
import papertape.common.value.Direction;
import papertape.common.value.ExecType;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Liquidity;
import papertape.common.value.MessageId;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.OrderId;
import papertape.common.value.Side;
import papertape.common.value.StrategyId;
import papertape.common.value.TimeInForce;

/** Messages as rows of their tables. */
final class MessageRows {
    /** Longest text of a message that is only kept as text, as for dead letters. */
    private static final int MAX_TEXT = 4_096;

    /** The last microsecond of the year 9999, in microseconds since the epoch. */
    private static final long LAST_TS = 253_402_300_799_999_999L;

    // Names once, so that a row costs no lower-casing.
    private static final String[] SIDES = names(Side.values());
    private static final String[] DIRECTIONS = names(Direction.values());
    private static final String[] FEED_STATES = names(FeedState.values());
    private static final String[] ORD_TYPES = names(OrdType.values());
    private static final String[] TIFS = names(TimeInForce.values());
    private static final String[] EXEC_TYPES = names(ExecType.values());
    private static final String[] ORD_STATUSES = names(OrdStatus.values());
    private static final String[] LIQUIDITIES = names(Liquidity.values());
    private static final String[] ACTIONS = names(AccountAction.values());
    private static final String[] EVENTS = names(AccountEvent.values());

    private final Sender sender;
    private final Row row;
    private final StringBuilder levels = new StringBuilder();

    MessageRows(Sender sender) {
        this.sender = sender;
        row = new Row(sender);
    }

    private static String[] names(Enum<?>[] values) {
        var names = new String[values.length];
        for (Enum<?> value : values) {
            names[value.ordinal()] = value.name().toLowerCase(Locale.ROOT);
        }
        return names;
    }

    private static @Nullable String name(String[] names, @Nullable Enum<?> value) {
        return value == null ? null : names[value.ordinal()];
    }

    /** Adds the delivery's row to the batch; one that its table cannot hold is added to the unstored instead. */
    void add(Table table, Delivery delivery) {
        if (table == Table.UNSTORED) {
            addUnstored(delivery, "a message of this type does not belong on this channel");
            return;
        }
        if (!isStorable(delivery.message().ts())) {
            addUnstored(delivery, "ts=" + delivery.message().ts() + " is not in the years 1970 to 9999");
            return;
        }
        try {
            row.start(table);
            fields(delivery.message());
            end(delivery);
        } catch (DoesNotFitException e) {
            sender.cancelRow();
            addUnstored(delivery, e.getMessage());
        }
    }

    private static boolean isStorable(long ts) {
        return ts >= 0 && ts <= LAST_TS;
    }

    private void addUnstored(Delivery delivery, @Nullable String reason) {
        String text = delivery.message().toString();
        row.start(Table.UNSTORED)
                .symbol("channel", delivery.channel().text())
                .text("reason", reason)
                .text("text", text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
        end(delivery);
    }

    private void end(Delivery delivery) {
        Header header = delivery.message().header();
        MessageId cause = header.cause();
        row.number("part", delivery.partition())
                .number("seq", delivery.seq())
                .text("id", header.id().value())
                .text("cause", cause == null ? null : cause.value())
                .time("origin", header.origin())
                .end(isStorable(header.ts()) ? header.ts() : 0);
    }

    private void fields(Message message) throws DoesNotFitException {
        switch (message) {
            case Trade trade -> trade(trade);
            case Quote quote -> quote(quote);
            case Book book -> book(book);
            case Bar bar -> bar(bar);
            case FeedStatus status -> feedStatus(status);
            case Signal signal -> signal(signal);
            case NewOrder order -> newOrder(order);
            case CancelOrder order -> orderIds(row.symbol("type", "cancelOrder"), order);
            case ReplaceOrder order -> replaceOrder(order);
            case Execution execution -> execution(execution);
            case Account account -> account(account);
            case Pnl pnl -> pnl(pnl);
            case DeadLetter letter -> deadLetter(letter);
            case Raw raw -> raw(raw);
            case Mark _, Clock _ -> throw new IllegalArgumentException("no table for " + message);
        }
    }

    private void trade(Trade trade) throws DoesNotFitException {
        row.symbol("instrument", trade.instrument().name())
                .symbol("side", name(SIDES, trade.side()))
                .price("price", trade.price())
                .qty("qty", trade.qty())
                .text("trade_id", trade.tradeId().value())
                .number("venue_seq", trade.venueSeq());
    }

    private void quote(Quote quote) throws DoesNotFitException {
        row.symbol("instrument", quote.instrument().name())
                .price("bid_px", quote.bidPx())
                .qty("bid_qty", quote.bidQty())
                .price("ask_px", quote.askPx())
                .qty("ask_qty", quote.askQty())
                .number("venue_seq", quote.venueSeq());
    }

    private void book(Book book) {
        row.symbol("instrument", book.instrument().name())
                .flag("snapshot", book.snapshot())
                .json("bids", json(book.bids()))
                .json("asks", json(book.asks()))
                .number("venue_seq", book.venueSeq());
    }

    /** Levels as on the wire: {@code [["px","qty"],...]}. */
    private CharSequence json(List<Level> side) {
        levels.setLength(0);
        levels.append('[');
        for (int i = 0; i < side.size(); i++) {
            Level level = side.get(i);
            levels.append(i == 0 ? "[\"" : ",[\"")
                    .append(level.px())
                    .append("\",\"")
                    .append(level.qty())
                    .append("\"]");
        }
        return levels.append(']');
    }

    private void bar(Bar bar) throws DoesNotFitException {
        row.symbol("instrument", bar.instrument().name())
                .symbol("interval", bar.interval())
                .price("open", bar.open())
                .price("high", bar.high())
                .price("low", bar.low())
                .price("close", bar.close())
                .qty("volume", bar.volume())
                .average("vwap", bar.vwap())
                .number("trades", bar.trades())
                .flag("closed", bar.closed());
    }

    private void feedStatus(FeedStatus status) {
        row.symbol("instrument", status.instrument().name())
                .symbol("status", name(FEED_STATES, status.status()))
                .text("detail", status.detail());
    }

    private void signal(Signal signal) throws DoesNotFitException {
        row.symbol("strategy", signal.strategy().value())
                .symbol("account", signal.account().value())
                .symbol("instrument", signal.instrument().name())
                .symbol("direction", name(DIRECTIONS, signal.direction()))
                .ratio("strength", signal.strength())
                .price("price", signal.price())
                .text("reason", signal.reason());
    }

    private void newOrder(NewOrder order) throws DoesNotFitException {
        row.symbol("type", "newOrder")
                .symbol("strategy", value(order.strategy()))
                .symbol("side", name(SIDES, order.side()))
                .symbol("ord_type", name(ORD_TYPES, order.ordType()))
                .symbol("tif", name(TIFS, order.tif()));
        orderIds(row, order);
        row.text("parent_id", value(order.parentId()))
                .qty("qty", order.qty())
                .price("limit_px", order.limitPx())
                .price("stop_px", order.stopPx())
                .price("trail_amount", order.trailAmount())
                .exact("trail_percent", order.trailPercent())
                .price("take_profit_px", order.takeProfitPx())
                .price("stop_loss_px", order.stopLossPx())
                .time("expire_ts", order.expireTs())
                .flag("post_only", order.postOnly())
                .flag("reduce_only", order.reduceOnly());
    }

    private void replaceOrder(ReplaceOrder order) throws DoesNotFitException {
        orderIds(row.symbol("type", "replaceOrder"), order);
        row.qty("qty", order.qty()).price("limit_px", order.limitPx()).price("stop_px", order.stopPx());
    }

    private static void orderIds(Row row, OrderRequest order) {
        row.symbol("account", order.account().value())
                .symbol("instrument", order.instrument().name())
                .text("order_id", order.orderId().value());
    }

    private void execution(Execution execution) throws DoesNotFitException {
        OrderTerms terms = execution.terms();
        row.symbol("account", execution.account().value())
                .symbol("strategy", value(execution.strategy()))
                .symbol("instrument", execution.instrument().name())
                .symbol("exec_type", name(EXEC_TYPES, execution.execType()))
                .symbol("ord_status", name(ORD_STATUSES, execution.ordStatus()))
                .symbol("side", terms == null ? null : name(SIDES, terms.side()))
                .symbol("ord_type", terms == null ? null : name(ORD_TYPES, terms.ordType()))
                .symbol("tif", terms == null ? null : name(TIFS, terms.tif()))
                .symbol("liquidity", name(LIQUIDITIES, execution.liquidity()))
                .text("exec_id", execution.execId().value())
                .text("order_id", execution.orderId().value())
                .text("parent_id", value(execution.parentId()))
                .text("text", execution.text());
        quantities(execution);
    }

    private void quantities(Execution execution) throws DoesNotFitException {
        row.qty("qty", execution.terms() == null ? null : execution.qty())
                .price("limit_px", execution.limitPx())
                .price("stop_px", execution.stopPx())
                .qty("last_qty", execution.lastQty())
                .price("last_px", execution.lastPx())
                .qty("leaves_qty", execution.leavesQty())
                .qty("cum_qty", execution.cumQty())
                .average("avg_px", execution.avgPx())
                .money("commission", execution.commission());
    }

    private void account(Account account) throws DoesNotFitException {
        row.symbol("account", account.account().value())
                .symbol("action", name(ACTIONS, account.action()))
                .symbol("event", name(EVENTS, account.event()))
                .symbol("currency", account.currency())
                .money("amount", account.amount())
                .text("limits", pairs(account.limits()))
                .text("text", account.text());
    }

    private static @Nullable String pairs(@Nullable Map<String, String> limits) {
        if (limits == null) {
            return null;
        }
        var text = new StringBuilder();
        limits.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return text.toString();
    }

    private void pnl(Pnl pnl) throws DoesNotFitException {
        Instrument instrument = pnl.instrument();
        row.symbol("account", pnl.account().value())
                .symbol("instrument", instrument == null ? null : instrument.name())
                .qty("position", pnl.position())
                .average("avg_px", pnl.avgPx())
                .price("mark", pnl.mark())
                .money("realized", pnl.realized())
                .money("unrealized", pnl.unrealized())
                .money("fees", pnl.fees())
                .money("cash", pnl.cash())
                .money("equity", pnl.equity())
                .money("peak_equity", pnl.peakEquity())
                .money("drawdown", pnl.drawdown())
                .flag("unmarked", pnl.unmarked());
    }

    private void deadLetter(DeadLetter letter) {
        row.symbol("channel", letter.channel())
                .number("letter_part", letter.partition())
                .number("letter_seq", letter.seq())
                .text("reason", letter.reason())
                .text("text", letter.text());
    }

    private void raw(Raw raw) {
        Instrument instrument = raw.instrument();
        row.symbol("venue", raw.venue())
                .symbol("instrument", instrument == null ? null : instrument.name())
                .symbol("venue_channel", raw.channel())
                .time("received", raw.received())
                .text("payload", raw.payload());
    }

    private static @Nullable String value(@Nullable StrategyId strategy) {
        return strategy == null ? null : strategy.value();
    }

    private static @Nullable String value(@Nullable OrderId order) {
        return order == null ? null : order.value();
    }
}
