package papertape.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Side;

/**
 * A limit order book with price-time priority: the best price trades first, at one price the oldest order, always at the
 * resting order's price. Prices are in ticks, quantities in lots. Not thread-safe.
 */
final class MatchingBook {
    private final TreeMap<Long, PriceLevel> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, PriceLevel> asks = new TreeMap<>();
    private final List<BookOrder> orders = new ArrayList<>();
    private final Listener listener;
    private long bidLots;
    private long askLots;
    private int bidCount;

    /** Hears what happens, in the order in which it happens. */
    interface Listener {
        void traded(BookOrder maker, long takerId, long lots);

        /** @param lots now at the price; 0: the level is gone */
        void levelChanged(Side side, long ticks, long lots);
    }

    MatchingBook(Listener listener) {
        this.listener = listener;
    }

    /** Trades what the price allows and rests the remainder. */
    void limit(long id, Side side, long ticks, long lots) {
        long left = match(id, side, ticks, lots);
        if (left > 0) {
            rest(id, side, ticks, left);
        }
    }

    /** Trades at whatever prices there are; what finds no counterpart is gone. */
    void market(long id, Side side, long lots) {
        match(id, side, side == Side.BUY ? Long.MAX_VALUE : Long.MIN_VALUE, lots);
    }

    void cancel(BookOrder order) {
        PriceLevel level = order.level;
        level.orders.remove(order);
        forget(order);
        level.lots -= order.lots;
        addLots(order.side, -order.lots);
        changed(order.side, level);
    }

    int size() {
        return orders.size();
    }

    /** Number of a side's orders. */
    int count(Side side) {
        return side == Side.BUY ? bidCount : orders.size() - bidCount;
    }

    /** Any order on the book; the numbering changes with every call that changes the book. */
    BookOrder order(int index) {
        return orders.get(index);
    }

    /** Sum of a side's lots. */
    long lots(Side side) {
        return side == Side.BUY ? bidLots : askLots;
    }

    /** The best first. */
    Collection<PriceLevel> levels(Side side) {
        return side(side).values();
    }

    @Nullable PriceLevel best(Side side) {
        Map.Entry<Long, PriceLevel> first = side(side).firstEntry();
        return first == null ? null : first.getValue();
    }

    private long match(long takerId, Side side, long limit, long lots) {
        Side makers = side.opposite();
        long left = lots;
        PriceLevel level = best(makers);
        while (left > 0 && level != null && (side == Side.BUY ? level.ticks <= limit : level.ticks >= limit)) {
            left = matchLevel(takerId, makers, level, left);
            level = best(makers);
        }
        return left;
    }

    private long matchLevel(long takerId, Side makers, PriceLevel level, long lots) {
        long left = lots;
        BookOrder maker = level.orders.peekFirst();
        while (left > 0 && maker != null) {
            long traded = Math.min(left, maker.lots);
            left -= traded;
            maker.lots -= traded;
            level.lots -= traded;
            addLots(makers, -traded);
            listener.traded(maker, takerId, traded);
            if (maker.lots == 0) {
                level.orders.pollFirst();
                forget(maker);
            }
            maker = level.orders.peekFirst();
        }
        changed(makers, level);
        return left;
    }

    private void rest(long id, Side side, long ticks, long lots) {
        PriceLevel level = side(side).computeIfAbsent(ticks, PriceLevel::new);
        BookOrder order = new BookOrder(id, side, level, lots);
        order.index = orders.size();
        orders.add(order);
        bidCount += side == Side.BUY ? 1 : 0;
        level.orders.addLast(order);
        level.lots += lots;
        addLots(side, lots);
        changed(side, level);
    }

    private void changed(Side side, PriceLevel level) {
        if (level.lots == 0) {
            side(side).remove(level.ticks);
        }
        listener.levelChanged(side, level.ticks, level.lots);
    }

    /** The last order takes the place of the one that goes, so that any order can be drawn by number. */
    private void forget(BookOrder order) {
        bidCount -= order.side == Side.BUY ? 1 : 0;
        BookOrder last = orders.removeLast();
        if (last != order) {
            last.index = order.index;
            orders.set(order.index, last);
        }
    }

    private void addLots(Side side, long lots) {
        if (side == Side.BUY) {
            bidLots += lots;
        } else {
            askLots += lots;
        }
    }

    private TreeMap<Long, PriceLevel> side(Side side) {
        return side == Side.BUY ? bids : asks;
    }
}
