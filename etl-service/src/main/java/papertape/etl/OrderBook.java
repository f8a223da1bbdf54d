package papertape.etl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * One instrument's levels. They live in the saved table itself, which is sorted from the best price on, so there is no
 * second copy to keep in step; only the best level of each side is remembered here and looked up again when it goes.
 */
final class OrderBook {
    private final Instrument instrument;
    private final StateTable<LevelKey, Qty> levels;
    private final NavigableMap<LevelKey, Qty> sorted;
    private @Nullable Level bestBid;
    private @Nullable Level bestAsk;

    OrderBook(Instrument instrument, StateTable<LevelKey, Qty> levels) {
        this.instrument = instrument;
        this.levels = levels;
        this.sorted = levels.entries();
        this.bestBid = findBest(Side.BUY);
        this.bestAsk = findBest(Side.SELL);
    }

    @Nullable
    Level best(Side side) {
        return side == Side.BUY ? bestBid : bestAsk;
    }

    boolean isCrossed() {
        return bestBid != null && bestAsk != null && !bestBid.px().isBelow(bestAsk.px());
    }

    /** Replaces the whole book. */
    void replace(List<Level> bids, List<Level> asks) {
        clear();
        apply(Side.BUY, bids);
        apply(Side.SELL, asks);
    }

    void clear() {
        clear(Side.BUY);
        clear(Side.SELL);
        bestBid = null;
        bestAsk = null;
    }

    private void clear(Side side) {
        LevelKey before = LevelKey.before(instrument, side);
        List<LevelKey> keys = new ArrayList<>();
        for (LevelKey key : sorted.tailMap(before, false).keySet()) {
            if (!key.isBeside(before)) {
                break;
            }
            keys.add(key);
        }
        keys.forEach(levels::remove);
    }

    /** Sets levels (quantity 0 removes one) and returns those that were not as told already. */
    List<Level> apply(Side side, List<Level> changes) {
        int size = changes.size();
        if (size == 1) {
            return set(side, changes.getFirst()) ? changes : List.of();
        }
        if (size == 0) {
            return List.of();
        }
        List<Level> applied = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            if (set(side, changes.get(i))) {
                applied.add(changes.get(i));
            }
        }
        return applied;
    }

    /** Whether any of these levels is not as told already. */
    boolean isChangedBy(Side side, List<Level> changes) {
        for (int i = 0; i < changes.size(); i++) {
            Level level = changes.get(i);
            Qty known = levels.get(new LevelKey(instrument, side, level.px()));
            if (level.qty().isZero() ? known != null : !level.qty().equals(known)) {
                return true;
            }
        }
        return false;
    }

    private boolean set(Side side, Level level) {
        LevelKey key = new LevelKey(instrument, side, level.px());
        if (level.qty().isZero()) {
            if (levels.remove(key) == null) {
                return false;
            }
            Level best = best(side);
            if (best != null && best.px().equals(level.px())) {
                best(side, findBest(side));
            }
            return true;
        }
        if (level.qty().equals(levels.get(key))) {
            return false;
        }
        levels.put(key, level.qty());
        if (isBest(side, level.px())) {
            best(side, level);
        }
        return true;
    }

    private boolean isBest(Side side, Price px) {
        Level best = best(side);
        return best == null || (side == Side.BUY ? px.compareTo(best.px()) >= 0 : px.compareTo(best.px()) <= 0);
    }

    private void best(Side side, @Nullable Level level) {
        if (side == Side.BUY) {
            bestBid = level;
        } else {
            bestAsk = level;
        }
    }

    private @Nullable Level findBest(Side side) {
        LevelKey before = LevelKey.before(instrument, side);
        Map.Entry<LevelKey, Qty> first = sorted.higherEntry(before);
        return first == null || !first.getKey().isBeside(before) ? null : level(first);
    }

    /** What has to be set, besides these levels, so that the side has no others. */
    List<Level> without(Side side, List<Level> levels) {
        Set<Price> kept = new HashSet<>();
        levels.forEach(level -> kept.add(level.px()));
        List<Level> gone = new ArrayList<>();
        for (Level level : top(side, Integer.MAX_VALUE)) {
            if (!kept.contains(level.px())) {
                gone.add(new Level(level.px(), Qty.ZERO));
            }
        }
        return gone;
    }

    /** The best levels of a side, from the best on. */
    List<Level> top(Side side, int depth) {
        LevelKey before = LevelKey.before(instrument, side);
        List<Level> top = new ArrayList<>(Math.min(depth, 64));
        for (Map.Entry<LevelKey, Qty> entry : sorted.tailMap(before, false).entrySet()) {
            if (top.size() == depth || !entry.getKey().isBeside(before)) {
                break;
            }
            top.add(level(entry));
        }
        return top;
    }

    private static Level level(Map.Entry<LevelKey, Qty> entry) {
        Price px = entry.getKey().price();
        if (px == null) {
            throw new IllegalStateException("a level without a price: " + entry.getKey());
        }
        return new Level(px, entry.getValue());
    }
}
