package papertape.execution;

import java.util.ArrayList;
import java.util.HashMap;
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
 * One instrument's displayed liquidity that market trades have consumed, until a newer update of the book shows it (rule 9).
 * A trade is told at once and the book's change some milliseconds later: whoever sells in between must not meet the bids that
 * were just hit. What stands at a better price than the trade is gone as well: the trade went through it.
 */
final class Eaten {
    /** Prices a side; the worst of them alone says that all better ones are gone. */
    static final int MOST_PRICES = 64;

    private final Instrument instrument;
    private final StateTable<LevelKey, EatenEntry> table;
    private final NavigableMap<LevelKey, EatenEntry> view;

    Eaten(Instrument instrument, StateTable<LevelKey, EatenEntry> table) {
        this.instrument = instrument;
        this.table = table;
        this.view = table.entries();
    }

    /** A trade consumed the displayed orders of that side at its price and at better ones. */
    void add(Side side, Price px, Qty qty, long ts) {
        LevelKey key = new LevelKey(instrument, side, px);
        table.put(key, table.getOrDefault(key, EatenEntry.NONE).plus(ts, qty));
        NavigableMap<LevelKey, EatenEntry> all = of(side);
        if (all.size() > MOST_PRICES) {
            table.remove(side == Side.BUY ? all.lastKey() : all.firstKey());
        }
    }

    private NavigableMap<LevelKey, EatenEntry> of(Side side) {
        return view.subMap(LevelKey.lowest(instrument, side), true, LevelKey.highest(instrument, side), true);
    }

    /** The price of that side that is furthest from the market among those that trades reached; null where there is none. */
    @Nullable
    LevelKey worst(Side side) {
        LevelKey key = side == Side.BUY
                ? view.ceilingKey(LevelKey.lowest(instrument, side))
                : view.floorKey(LevelKey.highest(instrument, side));
        return key != null && key.isOn(instrument, side) ? key : null;
    }

    Qty at(LevelKey key) {
        return table.getOrDefault(key, EatenEntry.NONE).total();
    }

    /**
     * An update of the book is newer than trades before {@code ts}, and for the levels it names than those of that moment.
     *
     * @return what was traded of each level that no longer counts
     */
    Map<LevelKey, Qty> settle(long ts, boolean isWhole, List<Level> bids, List<Level> asks) {
        if (worst(Side.BUY) == null && worst(Side.SELL) == null) {
            return Map.of();
        }
        Set<LevelKey> named = new HashSet<>();
        bids.forEach(level -> named.add(new LevelKey(instrument, Side.BUY, level.px())));
        asks.forEach(level -> named.add(new LevelKey(instrument, Side.SELL, level.px())));
        Map<LevelKey, Qty> settled = new HashMap<>();
        for (Side side : Side.values()) {
            for (LevelKey key : new ArrayList<>(of(side).keySet())) {
                EatenEntry before = table.getOrDefault(key, EatenEntry.NONE);
                EatenEntry left = before.since(isWhole || named.contains(key) ? ts + 1 : ts);
                if (left.bites().size() < before.bites().size()) {
                    settled.put(key, before.total().minus(left.total()));
                    keep(key, left);
                }
            }
        }
        return settled;
    }

    private void keep(LevelKey key, EatenEntry left) {
        if (left.bites().isEmpty()) {
            table.remove(key);
        } else {
            table.put(key, left);
        }
    }
}
