package papertape.etl;

import java.util.ArrayList;
import java.util.List;
import papertape.common.value.Level;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * One side of a book as subscribers see it when only the best levels are published: they are told of a level that comes
 * into view because a better one went, and of one that is pushed out. All levels are kept here, since any may come into
 * view.
 */
final class DepthView {
    private final Side side;
    private final int depth;
    private List<Level> shown;

    DepthView(OrderBook book, Side side, int depth) {
        this.side = side;
        this.depth = depth;
        this.shown = book.top(side, depth);
    }

    /** What is in view now. */
    List<Level> refresh(OrderBook book) {
        shown = book.top(side, depth);
        return shown;
    }

    /** What subscribers must be told after these changes; quantity 0 where a level has left the view. */
    List<Level> changes(OrderBook book, List<Level> applied) {
        if (applied.isEmpty() || !touchesView(applied)) {
            return List.of();
        }
        List<Level> before = shown;
        return difference(before, refresh(book));
    }

    private boolean touchesView(List<Level> applied) {
        if (shown.size() < depth) {
            return true;
        }
        for (int i = 0; i < applied.size(); i++) {
            if (order(applied.get(i), shown.getLast()) <= 0) {
                return true;
            }
        }
        return false;
    }

    private List<Level> difference(List<Level> before, List<Level> now) {
        List<Level> changes = new ArrayList<>(2);
        int old = 0;
        int fresh = 0;
        while (old < before.size() || fresh < now.size()) {
            int order = old == before.size() ? 1 : fresh == now.size() ? -1 : order(before.get(old), now.get(fresh));
            if (order < 0) {
                changes.add(new Level(before.get(old).px(), Qty.ZERO));
            } else if (order > 0 || !before.get(old).qty().equals(now.get(fresh).qty())) {
                changes.add(now.get(fresh));
            }
            old += order <= 0 ? 1 : 0;
            fresh += order >= 0 ? 1 : 0;
        }
        return changes;
    }

    private int order(Level a, Level b) {
        return side == Side.BUY ? b.px().compareTo(a.px()) : a.px().compareTo(b.px());
    }
}
