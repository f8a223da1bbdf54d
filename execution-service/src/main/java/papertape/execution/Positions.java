package papertape.execution;

import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Signed quantity per account and instrument, as this stage's own fills made it. */
final class Positions {
    private final StateTable<PositionKey, Qty> table;

    Positions(StateStore state) {
        this.table = state.table("positions", PositionKey::parse, Qty.class);
    }

    void add(Terms terms, Qty filled) {
        PositionKey key = new PositionKey(terms.account(), terms.instrument());
        Qty position = table.getOrDefault(key, Qty.ZERO).plus(filled.signed(terms.side()));
        if (position.isZero()) {
            table.remove(key);
        } else {
            table.put(key, position);
        }
    }

    /** How much an order of these terms could trade before it would open a position; not below zero. */
    Qty reducible(Terms terms) {
        Qty position = table.getOrDefault(new PositionKey(terms.account(), terms.instrument()), Qty.ZERO);
        return (terms.side() == Side.SELL ? position : position.negated()).max(Qty.ZERO);
    }
}
