package papertape.persistence;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Account;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Pnl;
import papertape.common.message.Quote;
import papertape.common.message.Raw;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.value.Bounds;

/**
 * The tables. Each holds messages of one channel, so that partition and sequence number tell its rows apart; the
 * deduplication key needs the designated timestamp beside them, which is a message's own and the same when it comes again.
 */
enum Table {
    TRADES(Channel.TICKS, """
            instrument SYMBOL, side SYMBOL, price @X, qty @X, trade_id VARCHAR, venue_seq LONG"""),
    QUOTES(Channel.TICKS, """
            instrument SYMBOL, bid_px @X, bid_qty @X, ask_px @X, ask_qty @X, venue_seq LONG"""),
    BOOKS(Channel.TICKS, """
            instrument SYMBOL, snapshot BOOLEAN, bids VARCHAR, asks VARCHAR, venue_seq LONG"""),
    BARS(Channel.TICKS, """
            instrument SYMBOL, interval SYMBOL, open @X, high @X, low @X, close @X, volume @X, vwap @M, trades LONG,
            closed BOOLEAN"""),
    FEED_STATUS(Channel.TICKS, """
            instrument SYMBOL, status SYMBOL, detail VARCHAR"""),
    SIGNALS(Channel.SIGNALS, """
            strategy SYMBOL, account SYMBOL, instrument SYMBOL, direction SYMBOL, strength DOUBLE, price @X,
            reason VARCHAR"""),
    ORDERS(Channel.ORDERS, Table.ORDER_COLUMNS),
    APPROVED(Channel.APPROVED, Table.ORDER_COLUMNS),
    EXECUTIONS(Channel.EXECUTIONS, """
            account SYMBOL, strategy SYMBOL, instrument SYMBOL, exec_type SYMBOL, ord_status SYMBOL, side SYMBOL,
            ord_type SYMBOL, tif SYMBOL, liquidity SYMBOL, exec_id VARCHAR, order_id VARCHAR, parent_id VARCHAR, qty @X,
            limit_px @X, stop_px @X, last_qty @X, last_px @X, leaves_qty @X, cum_qty @X, avg_px @M, commission @M,
            text VARCHAR"""),
    ACCOUNTS(Channel.ACCOUNTS, """
            account SYMBOL, action SYMBOL, event SYMBOL, currency SYMBOL, amount @M, limits VARCHAR, text VARCHAR"""),
    PNL(Channel.PNL, """
            account SYMBOL, instrument SYMBOL, position @X, avg_px @M, mark @X, realized @M, unrealized @M, fees @M,
            cash @M, equity @M, peak_equity @M, drawdown @M, unmarked BOOLEAN"""),
    DEAD_LETTERS(Channel.DEADLETTER, """
            channel SYMBOL, letter_part INT, letter_seq LONG, reason VARCHAR, text VARCHAR"""),
    RAW(Channel.RAW, """
            venue SYMBOL, instrument SYMBOL, venue_channel SYMBOL, received TIMESTAMP, payload VARCHAR"""),
    /** What a table could not take, whichever its channel: kept as text, and the rest goes on. */
    UNSTORED(null, """
            channel SYMBOL, reason VARCHAR, text VARCHAR""");

    private static final String ORDER_COLUMNS = """
            type SYMBOL, account SYMBOL, strategy SYMBOL, instrument SYMBOL, side SYMBOL, ord_type SYMBOL, tif SYMBOL,
            order_id VARCHAR, parent_id VARCHAR, qty @X, limit_px @X, stop_px @X, trail_amount @X, trail_percent @X,
            expire_ts TIMESTAMP, post_only BOOLEAN, reduce_only BOOLEAN, take_profit_px @X, stop_loss_px @X""";

    /** Digits after the point of a price or quantity ({@code @X} above): as many as any token has. */
    static final int EXACT_SCALE = Bounds.ENTERED.decimals();

    static final int EXACT_PRECISION = Bounds.ENTERED.whole() + EXACT_SCALE;

    /** Digits after the point of money and averages ({@code @M}): those of a price times those of a quantity. */
    static final int MONEY_SCALE = Bounds.DERIVED.decimals();

    static final int MONEY_PRECISION = Bounds.DERIVED.whole() + MONEY_SCALE;

    private final @Nullable Channel channel;
    private final String columns;
    private final String text = name().toLowerCase(Locale.ROOT);

    Table(@Nullable Channel channel, String columns) {
        this.channel = channel;
        this.columns = columns;
    }

    /** The table's name in SQL. */
    String text() {
        return text;
    }

    /** The channel whose messages the table holds; absent for the one that takes from all. */
    @Nullable
    Channel channel() {
        return channel;
    }

    String createStatement() {
        String fields = columns.replace("@X", decimal(EXACT_PRECISION, EXACT_SCALE))
                .replace("@M", decimal(MONEY_PRECISION, MONEY_SCALE));
        String keys = channel == null ? "ts, channel, part, seq" : "ts, part, seq";
        return "CREATE TABLE IF NOT EXISTS " + text + " (ts TIMESTAMP, part INT, seq LONG, id VARCHAR, cause VARCHAR,"
                + " origin TIMESTAMP, " + fields + ") TIMESTAMP(ts) PARTITION BY DAY WAL DEDUP UPSERT KEYS(" + keys
                + ")";
    }

    /** Columns that tables of an earlier version do not have: the server would make them too small by itself. */
    List<String> addedColumns() {
        return this == ORDERS || this == APPROVED ? List.of(added("take_profit_px"), added("stop_loss_px")) : List.of();
    }

    private String added(String column) {
        return "ALTER TABLE " + text + " ADD COLUMN IF NOT EXISTS " + column + " "
                + decimal(EXACT_PRECISION, EXACT_SCALE);
    }

    private static String decimal(int precision, int scale) {
        return "DECIMAL(" + precision + ", " + scale + ")";
    }

    /** Where a message belongs. Marks and clocks have no table: the next one replaces the last. */
    static Table of(Channel channel, Message message) {
        Table table = switch (message) {
            case Trade _ -> TRADES;
            case Quote _ -> QUOTES;
            case Book _ -> BOOKS;
            case Bar _ -> BARS;
            case FeedStatus _ -> FEED_STATUS;
            case Signal _ -> SIGNALS;
            case OrderRequest _ -> channel == Channel.APPROVED ? APPROVED : ORDERS;
            case Execution _ -> EXECUTIONS;
            case Account _ -> ACCOUNTS;
            case Pnl _ -> PNL;
            case DeadLetter _ -> DEAD_LETTERS;
            case Raw _ -> RAW;
            case Mark _, Clock _ -> UNSTORED;
        };
        return table.channel == channel ? table : UNSTORED;
    }
}
