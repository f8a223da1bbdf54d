package papertape.risk;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.ledger.Position;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** An account's position and open orders in one instrument; amounts in the instrument's quote currency. */
final class Holding {
    /** Units that open orders may fill beyond what other orders of theirs cover, and their value. */
    record Demand(Qty qty, Money value) {}

    private final Map<OrderId, OpenOrder> orders = new TreeMap<>();
    private Position position;

    Holding(Position position) {
        this.position = position;
    }

    Position position() {
        return position;
    }

    void position(Position changed) {
        position = changed;
    }

    /** Open orders by id; for reading. */
    Map<OrderId, OpenOrder> orders() {
        return orders;
    }

    void put(OpenOrder order) {
        orders.put(order.id(), order);
    }

    void remove(OrderId id) {
        orders.remove(id);
    }

    /** The position as an order of this side counts it: above zero in its direction. */
    Qty position(Side side) {
        return position.qty().signed(side);
    }

    /** What an order of this side can close. */
    Qty closable(Side side) {
        return position(side).negated().max(Qty.ZERO);
    }

    /**
     * What the open orders of a side may fill, with the candidate if it is of that side. The exits of one bracket cancel
     * each other, so they count once, by the largest; and what their entry has still to fill covers them.
     */
    Demand demand(Side side, @Nullable Candidate candidate) {
        Sum sum = new Sum();
        OpenOrder replaced = candidate == null ? null : candidate.replaced();
        for (OpenOrder order : orders.values()) {
            if (order.side() == side && (replaced == null || !order.id().equals(replaced.id()))) {
                sum.add(order.parentId(), order.leaves(), highest(order));
            }
        }
        if (candidate != null && candidate.side() == side) {
            sum.add(candidate.order().parentId(), candidate.leaves(), candidate.knownValuePx());
        }
        return sum.total(side);
    }

    /** What the entry of a bracket has still to fill, for exits on this side. */
    Qty parentLeaves(@Nullable OrderId parentId, Side exits) {
        OpenOrder parent = parentId == null ? null : orders.get(parentId);
        return parent == null || parent.side() == exits ? Qty.ZERO : parent.leaves();
    }

    /**
     * What the position and the orders of a side can come to when all of these fill: orders that add count at their own
     * prices, what is left of orders that first close the position at the mark.
     */
    Money exposure(Side side, Price mark, @Nullable Candidate candidate) {
        Qty held = position(side);
        Demand demand = demand(side, candidate);
        if (held.signum() >= 0) {
            return mark.times(held).plus(demand.value());
        }
        return mark.times(demand.qty().plus(held).max(Qty.ZERO));
    }

    /** The larger of both sides' exposures: not both can happen. */
    Money exposure(Price mark, @Nullable Candidate candidate) {
        return exposure(Side.BUY, mark, candidate).max(exposure(Side.SELL, mark, candidate));
    }

    private static Price highest(OpenOrder order) {
        Price px = order.terms().valuePx();
        Terms pending = order.pending();
        return pending == null || px.isAbove(pending.valuePx()) ? px : pending.valuePx();
    }

    private final class Sum {
        private final Map<OrderId, Exits> exits = new TreeMap<>();
        private Qty qty = Qty.ZERO;
        private Money value = Money.ZERO;

        void add(@Nullable OrderId parentId, Qty leaves, Price px) {
            if (parentId == null) {
                qty = qty.plus(leaves);
                value = value.plus(px.times(leaves));
            } else {
                exits.merge(parentId, new Exits(leaves, px), Exits::largest);
            }
        }

        Demand total(Side side) {
            exits.forEach((parentId, largest) -> {
                Qty open = largest.qty().minus(parentLeaves(parentId, side)).max(Qty.ZERO);
                qty = qty.plus(open);
                value = value.plus(largest.px().times(open));
            });
            return new Demand(qty, value);
        }
    }

    private record Exits(Qty qty, Price px) {
        Exits largest(Exits other) {
            return new Exits(qty.max(other.qty), px.isAbove(other.px) ? px : other.px);
        }
    }
}
