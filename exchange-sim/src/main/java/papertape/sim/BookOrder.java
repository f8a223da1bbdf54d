package papertape.sim;

import papertape.common.value.Side;

/** An order that rests on a {@link MatchingBook}; a node of its level's queue. */
final class BookOrder {
    final long id;
    final Side side;
    final PriceLevel level;
    /** What is left of it, in lots. */
    long lots;
    /** Where it stands in the book's list of all orders. */
    int index;

    BookOrder(long id, Side side, PriceLevel level, long lots) {
        this.id = id;
        this.side = side;
        this.level = level;
        this.lots = lots;
    }
}
