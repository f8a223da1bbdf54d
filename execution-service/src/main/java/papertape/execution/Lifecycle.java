package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.value.ExecType;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.Qty;

/** What becomes of orders: each step is saved, reported, and followed by what it means for a bracket's other orders. */
final class Lifecycle {
    private final Orders orders;
    private final Positions positions;
    private final Reports reports;

    Lifecycle(Orders orders, Positions positions, Reports reports) {
        this.orders = orders;
        this.positions = positions;
        this.reports = reports;
    }

    Positions positions() {
        return positions;
    }

    void acknowledge(LiveOrder order, String text) {
        orders.put(order);
        reports.event(order, ExecType.NEW, text);
        for (OrderKey key : orders.exitsOf(order.key())) {
            if (orders.live(key) instanceof LiveOrder.Held exit) {
                reports.event(
                        exit,
                        ExecType.NEW,
                        "rule=12 held until parent=" + order.terms().orderId() + " is final");
            }
        }
    }

    void trigger(LiveOrder.Seeking order, String text) {
        orders.put(order);
        reports.event(order, ExecType.TRIGGERED, text);
    }

    void replaced(LiveOrder order, String text) {
        orders.put(order);
        reports.event(order, ExecType.REPLACED, text);
        for (OrderKey key : orders.exitsOf(order.key())) {
            if (orders.live(key) instanceof LiveOrder.Held exit
                    && !exit.terms().qty().equals(order.terms().qty())) {
                replaced(
                        exit.withTerms(exit.terms().withQty(order.terms().qty())),
                        "rule=12 parent=" + order.terms().orderId() + " replaced");
            }
        }
    }

    /** Refuses an order that was not acknowledged; one that was (a released exit) is canceled instead. */
    void refuse(LiveOrder.Entering order, String text) {
        switch (order) {
            case LiveOrder.Pending _ -> end(order, ExecType.REJECTED, OrdStatus.REJECTED, text);
            case LiveOrder.Released _ -> cancel(order, text);
        }
    }

    void cancel(LiveOrder order, String text) {
        end(order, ExecType.CANCELED, OrdStatus.CANCELED, text);
    }

    void expire(LiveOrder order, String text) {
        end(order, ExecType.EXPIRED, OrdStatus.EXPIRED, text);
    }

    private void end(LiveOrder order, ExecType type, OrdStatus status, String text) {
        orders.finish(order, status, reports.ts());
        reports.end(order, type, status, text);
        followEntry(order, status);
    }

    /** An entry is final: its exits live for what it has filled, so that no position is without them. */
    private void followEntry(LiveOrder entry, OrdStatus status) {
        Qty filled = entry.fills().cumQty();
        String text = "rule=12 parent=" + entry.terms().orderId() + " ended=" + word(status) + " filled=" + filled;
        for (OrderKey key : orders.exitsOf(entry.key())) {
            if (orders.live(key) instanceof LiveOrder.Held exit) {
                if (filled.isZero()) {
                    cancel(exit, text);
                } else {
                    LiveOrder.Released released = exit.released(filled, reports.ts());
                    orders.put(released);
                    reports.event(released, ExecType.TRIGGERED, text);
                }
            }
        }
    }

    /** Rejects what never became an order of this stage, and remembers its id. */
    void rejectOnArrival(LiveOrder.Pending order, String text) {
        orders.remember(order.terms(), Fills.NONE, OrdStatus.REJECTED, reports.ts());
        reports.end(order, ExecType.REJECTED, OrdStatus.REJECTED, text);
    }

    /** The order after the fill, or null when that was the last of it. */
    LiveOrder.@Nullable Active fill(
            Market market, LiveOrder.Active order, Take take, Liquidity liquidity, String text) {
        Money fee = market.fees().of(liquidity, order.fills(), take.qty(), take.px());
        LiveOrder.Active after = order.filled(take.qty(), take.px(), fee);
        boolean done = after.leaves().isZero();
        positions.add(after.terms(), take.qty());
        if (done) {
            orders.finish(after, OrdStatus.FILLED, reports.ts());
        } else {
            orders.put(after);
        }
        reports.fill(after, take, fee, liquidity, text);
        if (done) {
            followEntry(after, OrdStatus.FILLED);
        }
        reduceSiblings(after, take.qty(), done);
        return done ? null : after;
    }

    private void reduceSiblings(LiveOrder filled, Qty qty, boolean done) {
        OrderKey parent = filled.terms().parentKey();
        if (parent == null) {
            return;
        }
        for (OrderKey key : orders.exitsOf(parent)) {
            LiveOrder sibling = key.equals(filled.key()) ? null : orders.live(key);
            if (sibling == null) {
                continue;
            }
            String text = "rule=12 other-exit=" + filled.terms().orderId() + " filled=" + qty;
            if (done || sibling.leaves().compareTo(qty) <= 0) {
                cancel(sibling, text);
            } else {
                replaced(
                        sibling.withTerms(
                                sibling.terms().withQty(sibling.terms().qty().minus(qty))),
                        text);
            }
        }
    }

    static String word(OrdStatus status) {
        return switch (status) {
            case NEW -> "new";
            case PARTIALLY_FILLED -> "partially_filled";
            case FILLED -> "filled";
            case CANCELED -> "canceled";
            case REJECTED -> "rejected";
            case EXPIRED -> "expired";
            case DENIED -> "denied";
        };
    }
}
