package papertape.risk;

import static java.util.Objects.requireNonNull;

import java.util.List;
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
    record Demand(Qty qty, Money value) {
        static final Demand NONE = new Demand(Qty.ZERO, Money.ZERO);

        Demand plus(Qty more, Price px) {
            return new Demand(qty.plus(more), value.plus(px.times(more)));
        }
    }

    private final Map<OrderId, OpenOrder> orders = new TreeMap<>();
    private final Map<OrderId, OpenOrder> exits = new TreeMap<>();
    // of orders that are no exits, kept so that a check costs the same however many are open
    private Demand buys = Demand.NONE;
    private Demand sells = Demand.NONE;
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
        remove(order.orderId());
        orders.put(order.orderId(), order);
        if (order.parentId() != null) {
            exits.put(order.orderId(), order);
        } else {
            count(order.side(), order.leaves(), highest(order));
        }
    }

    void remove(OrderId id) {
        OpenOrder order = orders.remove(id);
        if (order != null && exits.remove(id) == null) {
            count(order.side(), order.leaves().negated(), highest(order));
        }
    }

    private void count(Side side, Qty more, Price px) {
        if (side == Side.BUY) {
            buys = buys.plus(more, px);
        } else {
            sells = sells.plus(more, px);
        }
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
        Demand singles = side == Side.BUY ? buys : sells;
        OpenOrder replaced = candidate == null ? null : candidate.replaced();
        boolean isOfSide = candidate != null && candidate.side() == side;
        if (replaced != null && isOfSide && replaced.parentId() == null) {
            singles = singles.plus(replaced.leaves().negated(), highest(replaced));
        }
        boolean isExit = candidate != null && candidate.order().parentId() != null;
        if (candidate != null && isOfSide && !isExit) {
            singles = singles.plus(candidate.leaves(), candidate.knownValuePx());
        }
        return isExit || !exits.isEmpty() ? withExits(singles, side, candidate) : singles;
    }

    private Demand withExits(Demand singles, Side side, @Nullable Candidate candidate) {
        Map<OrderId, Largest> brackets = new TreeMap<>();
        OpenOrder replaced = candidate == null ? null : candidate.replaced();
        for (OpenOrder exit : exits.values()) {
            if (exit.side() == side && (replaced == null || !exit.orderId().equals(replaced.orderId()))) {
                brackets.merge(
                        requireNonNull(exit.parentId()), new Largest(exit.leaves(), highest(exit)), Largest::with);
            }
        }
        OrderId parent = candidate == null ? null : candidate.order().parentId();
        if (candidate != null && parent != null && candidate.side() == side) {
            brackets.merge(parent, new Largest(candidate.leaves(), candidate.knownValuePx()), Largest::with);
        }
        Demand sum = singles;
        for (Map.Entry<OrderId, Largest> bracket : brackets.entrySet()) {
            Qty covered = parentLeaves(bracket.getKey(), side);
            Largest largest = bracket.getValue();
            sum = sum.plus(largest.qty().minus(covered).max(Qty.ZERO), largest.px());
        }
        return sum;
    }

    /** The open exits of an entry, by id. */
    List<OpenOrder> exitsOf(OrderId entry) {
        if (exits.isEmpty()) {
            return List.of();
        }
        return exits.values().stream()
                .filter(exit -> entry.equals(exit.parentId()))
                .toList();
    }

    /** What an order of this side can close beside the other open orders of its side. */
    Qty free(Candidate order) {
        Qty others = demand(order.side(), order).qty().minus(order.leaves());
        return closable(order.side()).minus(others);
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
        Price px = order.valuePx();
        ValuedTerms pending = order.pending();
        return pending == null || px.isAbove(pending.valuePx()) ? px : pending.valuePx();
    }

    /** The exits of one bracket, as one. */
    private record Largest(Qty qty, Price px) {
        Largest with(Largest other) {
            return new Largest(qty.max(other.qty), px.isAbove(other.px) ? px : other.px);
        }
    }
}
