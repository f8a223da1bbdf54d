package papertape.dashboard.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.FeedStatus;
import papertape.common.message.MarketData;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** One instrument's market: its book, top, latest trades and bars, each of them bounded. */
public final class Market {
    static final int MAX_TRADES = 200;
    static final int MAX_BARS = 600;
    static final int LADDER = 15;

    /** @param n counts the instrument's trades, so that a reader sees how many it has missed */
    public record TradeRow(
            long n, long ts, Price px, Qty qty, @Nullable Side side) {}

    /** Lengths of bars are kept as the configuration spells them. */
    public record BarRow(long ts, Price open, Price high, Price low, Price close, Qty volume, boolean closed) {}

    /** @param isWhole false while no snapshot of the book has been seen, so that levels may be missing */
    public record Ladder(List<Level> bids, List<Level> asks, boolean isWhole) {}

    private final TreeMap<Price, Qty> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Price, Qty> asks = new TreeMap<>();
    private final Deque<TradeRow> trades = new ArrayDeque<>();
    private final Map<String, Deque<BarRow>> bars = new TreeMap<>();
    private boolean isWhole;
    private @Nullable Quote quote;
    private @Nullable FeedStatus status;
    private long tradeCount;
    private long version;
    private long updated;

    void accept(MarketData data) {
        version++;
        updated = Math.max(updated, data.ts());
        switch (data) {
            case Book book -> accept(book);
            case Quote latest -> quote = latest;
            case Trade trade -> {
                trades.add(new TradeRow(++tradeCount, trade.ts(), trade.price(), trade.qty(), trade.side()));
                if (trades.size() > MAX_TRADES) {
                    trades.removeFirst();
                }
            }
            case Bar bar -> accept(bar);
            case FeedStatus latest -> status = latest;
        }
    }

    private void accept(Book book) {
        if (book.snapshot()) {
            bids.clear();
            asks.clear();
            isWhole = true;
        }
        book.bids().forEach(level -> set(bids, level));
        book.asks().forEach(level -> set(asks, level));
    }

    private static void set(TreeMap<Price, Qty> side, Level level) {
        if (level.qty().isZero()) {
            side.remove(level.px());
        } else {
            side.put(level.px(), level.qty());
        }
    }

    private void accept(Bar bar) {
        Deque<BarRow> kept = bars.computeIfAbsent(bar.interval(), any -> new ArrayDeque<>());
        BarRow row = new BarRow(bar.ts(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.closed());
        if (!kept.isEmpty() && kept.getLast().ts() == row.ts()) {
            kept.removeLast();
        }
        kept.add(row);
        if (kept.size() > MAX_BARS) {
            kept.removeFirst();
        }
    }

    long version() {
        return version;
    }

    long updated() {
        return updated;
    }

    long tradeCount() {
        return tradeCount;
    }

    @Nullable
    Quote quote() {
        return quote;
    }

    @Nullable
    FeedStatus status() {
        return status;
    }

    Ladder ladder() {
        return new Ladder(top(bids), top(asks), isWhole);
    }

    private static List<Level> top(TreeMap<Price, Qty> side) {
        List<Level> top = new ArrayList<>();
        for (Map.Entry<Price, Qty> level : side.entrySet()) {
            if (top.size() == LADDER) {
                break;
            }
            top.add(new Level(level.getKey(), level.getValue()));
        }
        return top;
    }

    /** Trades after the n-th, at most so many of the latest. */
    List<TradeRow> tradesAfter(long n, int most) {
        List<TradeRow> found = new ArrayList<>();
        for (TradeRow trade : (Iterable<TradeRow>) trades::descendingIterator) {
            if (trade.n() <= n || found.size() == most) {
                break;
            }
            found.add(trade);
        }
        return found.reversed();
    }

    List<BarRow> bars(String interval) {
        Deque<BarRow> kept = bars.get(interval);
        return kept == null ? List.of() : List.copyOf(kept);
    }

    BarRow latestBar(String length) {
        return Objects.requireNonNull(bars.get(length)).getLast();
    }

    List<String> lengths() {
        return List.copyOf(bars.keySet());
    }
}
