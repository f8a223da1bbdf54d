package papertape.execution;

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

/** One instrument's displayed liquidity: a whole book (L2), or its top as a book of one level a side (L1). */
final class Display {
    private final Instrument instrument;
    private final StateTable<LevelKey, LevelEntry> levels;
    private final NavigableMap<LevelKey, LevelEntry> view;
    private final Eaten eaten;
    private final LevelKey lowestBid;
    private final LevelKey lowestAsk;
    private final LevelKey highestAsk;
    private @Nullable LevelKey bestBid;
    private @Nullable LevelKey bestAsk;

    Display(Instrument instrument, StateTable<LevelKey, LevelEntry> levels, Eaten eaten) {
        this.instrument = instrument;
        this.levels = levels;
        this.eaten = eaten;
        this.view = levels.entries();
        this.lowestBid = LevelKey.lowest(instrument, Side.BUY);
        this.lowestAsk = LevelKey.lowest(instrument, Side.SELL);
        this.highestAsk = LevelKey.highest(instrument, Side.SELL);
        findBest();
    }

    void clear() {
        for (LevelKey key :
                List.copyOf(view.subMap(lowestBid, true, highestAsk, true).keySet())) {
            levels.remove(key);
        }
        findBest();
    }

    void replaceAll(List<Level> bids, List<Level> asks) {
        Set<LevelKey> kept = new HashSet<>();
        bids.forEach(level -> kept.add(new LevelKey(instrument, Side.BUY, level.px())));
        asks.forEach(level -> kept.add(new LevelKey(instrument, Side.SELL, level.px())));
        for (LevelKey key :
                List.copyOf(view.subMap(lowestBid, true, highestAsk, true).keySet())) {
            if (!kept.contains(key)) {
                levels.remove(key);
            }
        }
        findBest();
        setAll(bids, asks);
    }

    void setAll(List<Level> bids, List<Level> asks) {
        for (int i = 0; i < bids.size(); i++) {
            set(Side.BUY, bids.get(i).px(), bids.get(i).qty());
        }
        for (int i = 0; i < asks.size(); i++) {
            set(Side.SELL, asks.get(i).px(), asks.get(i).qty());
        }
    }

    /** The side now shows this one level, or none. */
    void setTop(Side side, @Nullable Price px, @Nullable Qty qty) {
        LevelKey old = best(side);
        if (old != null && !old.px().equals(px)) {
            levels.remove(old);
            findBest();
        }
        if (px != null && qty != null) {
            set(side, px, qty);
        }
    }

    private void set(Side side, Price px, Qty qty) {
        LevelKey key = new LevelKey(instrument, side, px);
        if (!qty.isPositive()) {
            levels.remove(key);
            if (key.equals(best(side))) {
                findBest();
            }
            return;
        }
        LevelEntry old = levels.get(key);
        if (old == null) {
            levels.put(key, LevelEntry.of(qty));
        } else if (!old.qty().equals(qty)) {
            levels.put(key, old.showing(qty));
        }
        LevelKey best = best(side);
        if (side == Side.BUY && (best == null || px.isAbove(best.px()))) {
            bestBid = key;
        } else if (side == Side.SELL && (best == null || px.isBelow(best.px()))) {
            bestAsk = key;
        }
    }

    private void findBest() {
        bestBid = on(Side.BUY, view.lowerKey(lowestAsk));
        bestAsk = on(Side.SELL, view.ceilingKey(lowestAsk));
    }

    @Nullable
    LevelKey best(Side side) {
        return side == Side.BUY ? bestBid : bestAsk;
    }

    @Nullable
    Price bestPx(Side side) {
        LevelKey best = best(side);
        return best == null ? null : best.px();
    }

    private @Nullable LevelKey worst(Side side) {
        return on(side, side == Side.BUY ? view.ceilingKey(lowestBid) : view.floorKey(highestAsk));
    }

    private @Nullable LevelKey next(LevelKey key) {
        return on(key.side(), key.side() == Side.BUY ? view.lowerKey(key) : view.higherKey(key));
    }

    private @Nullable LevelKey on(Side side, @Nullable LevelKey key) {
        return key != null && key.isOn(instrument, side) ? key : null;
    }

    /**
     * The quantity displayed at a price, or null where the book does not reach: feeds are often cut off at a depth, and
     * what stands behind the last level shown is not known.
     */
    @Nullable
    Qty displayedAt(Side side, Price px) {
        LevelEntry level = view.get(new LevelKey(instrument, side, px));
        if (level != null) {
            return level.qty();
        }
        LevelKey worst = worst(side);
        boolean inside = worst == null || (side == Side.BUY ? px.isAbove(worst.px()) : px.isBelow(worst.px()));
        return inside ? Qty.ZERO : null;
    }

    /** What the order could take level by level, best first; takes nothing yet. */
    List<Take> takes(Terms terms, Price bound, Qty wanted) {
        List<Take> takes = new ArrayList<>();
        Qty left = wanted;
        LevelKey key = bestReached(terms.side().opposite());
        while (key != null && left.isPositive() && terms.reaches(key.px(), bound)) {
            LevelEntry level = view.get(key);
            Qty qty = left.min(room(key, level).minus(level.takenBy(terms.account())));
            if (qty.isPositive()) {
                takes.add(new Take(key, key.px(), qty));
                left = left.minus(qty);
            }
            key = next(key);
        }
        return takes;
    }

    /** The best level that no trade has gone through since it was shown. */
    private @Nullable LevelKey bestReached(Side side) {
        LevelKey best = best(side);
        LevelKey worst = eaten.worst(side);
        boolean isThrough = best != null
                && worst != null
                && (side == Side.BUY
                        ? worst.px().isBelow(best.px())
                        : worst.px().isAbove(best.px()));
        if (!isThrough) {
            return best;
        }
        return on(side, side == Side.BUY ? view.floorKey(worst) : view.ceilingKey(worst));
    }

    /** What the market has left of a level. */
    private Qty room(LevelKey key, LevelEntry level) {
        return level.qty().minus(eaten.at(key));
    }

    /**
     * The best price at which something is left after the trades since. Where they have taken all that is shown, it is the
     * price that they have reached; null where nothing is shown.
     */
    @Nullable
    Price bestLeft(Side side) {
        LevelKey best = best(side);
        if (best == null) {
            return null;
        }
        LevelKey key = bestReached(side);
        while (key != null && !room(key, view.get(key)).isPositive()) {
            key = next(key);
        }
        LevelKey reached = key != null ? key : eaten.worst(side);
        return reached == null ? best.px() : reached.px();
    }

    /** The market is known to have traded that much of a level whose size already shows it. */
    void traded(LevelKey key, Qty volume) {
        LevelEntry level = levels.get(key);
        LevelEntry left = level == null ? null : level.traded(volume);
        if (left != null && !left.equals(level)) {
            levels.put(key, left);
        }
    }

    Map.@Nullable Entry<LevelKey, LevelEntry> bestEntry(Side side) {
        LevelKey best = best(side);
        return best == null ? null : Map.entry(best, view.get(best));
    }

    void consume(Terms terms, Take take) {
        LevelKey key = take.level();
        LevelEntry level = key == null ? null : levels.get(key);
        if (key != null && level != null) {
            levels.put(key, level.taking(terms.account(), take.qty()));
        }
    }
}
