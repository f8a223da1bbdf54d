package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Execution;
import papertape.common.stage.Outbox;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Follows what became of approved orders: books fills, adjusts and releases what they reserve. */
final class FillDesk {
    private final Books books;
    private final MarketView market;
    private final KillSwitch killSwitch;
    private final LossGuard guard;

    FillDesk(Books books, MarketView market, KillSwitch killSwitch, LossGuard guard) {
        this.books = books;
        this.market = market;
        this.killSwitch = killSwitch;
        this.guard = guard;
    }

    /** @throws IllegalArgumentException for a fill of an account that is not open: there is no book to put it in */
    void on(Execution execution, Outbox out) {
        AccountBook book = books.get(execution.account());
        switch (execution.execType()) {
            case TRADE -> onFill(execution, book, out);
            case NEW, TRIGGERED -> update(execution, book, false);
            case REPLACED -> update(execution, book, true);
            case CANCELED, REJECTED, EXPIRED -> end(execution, book);
            case CANCEL_REJECTED -> dropPending(execution, book);
            // our own, which reserved nothing
            case DENIED -> {}
        }
    }

    private void onFill(Execution fill, @Nullable AccountBook book, Outbox out) {
        Price px = fill.lastPx();
        if (book == null || px == null) {
            throw new IllegalArgumentException("a fill must name an open account and lastPx, were account="
                    + fill.account() + " lastPx=" + px + " orderId=" + fill.orderId());
        }
        String wrong = wrong(fill, book.open(fill.orderId()), book);
        book.book(fill.instrument(), fill.side(), fill.lastQty(), px, fill.commission());
        settle(fill, book);
        if (wrong != null) {
            killSwitch.halt(book, Standing.Cause.FAULT, wrong, fill.ts(), out);
        }
        guard.onEquity(book, fill.ts(), out);
    }

    /** What makes the fill impossible; it is booked all the same, since a skipped fill is a wrong position. */
    private @Nullable String wrong(Execution fill, @Nullable OpenOrder order, AccountBook book) {
        if (market.rate(fill.instrument(), book.currency()) == null) {
            return "fill of order " + fill.orderId() + " in " + fill.instrument() + ": no rate to " + book.currency()
                    + ", booked at 1";
        }
        if (order == null) {
            return "fill for unknown order " + fill.orderId() + ": " + fill.side() + " " + fill.lastQty() + " "
                    + fill.instrument() + " at " + fill.lastPx();
        }
        return fill.lastQty().compareTo(order.leaves()) <= 0
                ? null
                : "fill of " + fill.lastQty() + " exceeds what order " + order.orderId() + " has left, "
                        + order.leaves();
    }

    private void settle(Execution fill, AccountBook book) {
        OpenOrder order = book.open(fill.orderId());
        if (order == null) {
            return;
        }
        if (fill.ordStatus().isFinal()) {
            remove(order, fill.cumQty(), book);
            return;
        }
        Qty cum = order.cumQty().plus(fill.lastQty());
        book.put(order.withTerms(terms(fill, order)).filled(cum, fill.avgPx()));
    }

    private static void update(Execution execution, @Nullable AccountBook book, boolean isReplaced) {
        OpenOrder order = book == null ? null : book.open(execution.orderId());
        if (book == null || order == null) {
            return;
        }
        if (execution.ordStatus().isFinal()) {
            remove(order, order.cumQty(), book);
            return;
        }
        OpenOrder changed = order.withTerms(terms(execution, order));
        book.put(isReplaced ? changed.withPending(null) : changed);
    }

    /** The order's terms as execution states them: a reduce-only order or an exit may have been made smaller. */
    private static ValuedTerms terms(Execution execution, OpenOrder order) {
        Price limit = execution.limitPx();
        Price px = limit != null ? limit : stopValue(execution, order);
        return new ValuedTerms(execution.terms(), px);
    }

    /** A stop price that a replace has changed counts as the replace was checked; otherwise nothing has changed. */
    private static Price stopValue(Execution execution, OpenOrder order) {
        ValuedTerms pending = order.pending();
        boolean isAsked = pending != null
                && execution.stopPx() != null
                && execution.stopPx().equals(pending.terms().stopPx());
        return pending != null && isAsked ? pending.valuePx() : order.valuePx();
    }

    private static void end(Execution execution, @Nullable AccountBook book) {
        OpenOrder order = book == null ? null : book.open(execution.orderId());
        if (book != null && order != null) {
            remove(order, order.cumQty(), book);
        }
    }

    /** The exits of an entry that is final are for what it has filled; without a fill there are none. */
    private static void remove(OpenOrder order, Qty filled, AccountBook book) {
        for (OpenOrder exit : book.holding(order.instrument()).exitsOf(order.orderId())) {
            if (filled.isZero()) {
                book.remove(exit.orderId());
            } else {
                book.put(exit.sized(filled));
            }
        }
        book.remove(order.orderId());
    }

    /**
     * Execution never refuses the cancel of a live order, so what it refused is the replace. An order that it does not know,
     * or knows as final, is over here too: the message that would have told so has been lost.
     */
    private static void dropPending(Execution execution, @Nullable AccountBook book) {
        OpenOrder order = book == null ? null : book.open(execution.orderId());
        if (book != null
                && order != null
                && order.instrument().equals(execution.instrument())
                && execution.ordStatus().isFinal()) {
            remove(order, order.cumQty(), book);
            return;
        }
        if (book != null && order != null && order.pending() != null) {
            book.put(order.withPending(null));
            for (OpenOrder exit : book.holding(order.instrument()).exitsOf(order.orderId())) {
                book.put(exit.sized(exit.qty()));
            }
        }
    }
}
