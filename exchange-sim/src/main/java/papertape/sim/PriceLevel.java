package papertape.sim;

import java.util.ArrayDeque;

/** The orders at one price, the oldest first. */
final class PriceLevel {
    /** Price in ticks. */
    final long ticks;

    final ArrayDeque<BookOrder> orders = new ArrayDeque<>();
    /** Sum of the orders' lots. */
    long lots;

    PriceLevel(long ticks) {
        this.ticks = ticks;
    }
}
