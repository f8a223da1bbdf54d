package papertape.common.ledger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Bounds;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * A netted position in one instrument and what it has earned, all in the instrument's quote currency. Immutable.
 *
 * <p>Whatever the fills and the rounding, {@code realized - cost} is the exact sum of what sales brought in less what
 * purchases took, so {@code realized + unrealized} is exact at every mark.
 *
 * @param qty signed: short below zero
 * @param cost what the open quantity was bought for, exact; negative for a short position (what it was sold for)
 * @param realized profit of closed quantity, before fees
 * @param fees sum of commissions; never part of {@code cost} or {@code realized}
 * @param lots under FIFO the open quantity by price, oldest first, no two neighbours at one price, at most {@link
 *     #MAX_LOTS}; empty under average cost
 */
public record Position(CostMethod method, Qty qty, Money cost, Money realized, Money fees, List<Lot> lots) {
    /**
     * Decimals of the share of an average cost that a partial close takes out, half even; the rest keeps the residue. So
     * few that converting a sum at a rate seldom makes more decimals than a message carries.
     */
    public static final int COST_SCALE = 16;

    /** Beyond this many lots a fill joins the newest lot at their average price; closing the position settles the residue. */
    public static final int MAX_LOTS = 1_000;

    private static final MathContext SHOWN = new MathContext(16, RoundingMode.DOWN);

    public Position {
        lots = List.copyOf(lots);
    }

    public static Position flat(CostMethod method) {
        return new Position(method, Qty.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, List.of());
    }

    /**
     * The position after a fill. A fill that crosses zero closes the old position and opens the rest at its price.
     *
     * @param filled units, above zero
     * @param commission in the quote currency; negative for a rebate
     * @throws IllegalArgumentException when {@code filled} is not positive
     */
    public Position filled(Side side, Qty filled, Price px, Money commission) {
        if (!filled.isPositive()) {
            throw new IllegalArgumentException("a fill's quantity must be above zero, was " + filled);
        }
        Qty change = filled.signed(side);
        Position charged = new Position(method, qty, cost, realized, fees.plus(commission), lots);
        if (qty.isZero() || qty.signum() == change.signum()) {
            return charged.opened(change, px);
        }
        if (filled.compareTo(qty.abs()) < 0) {
            return charged.reduced(change, px);
        }
        Position closed = charged.closed(px);
        Qty rest = change.plus(qty);
        return rest.isZero() ? closed : closed.opened(rest, px);
    }

    /** Average entry price, 16 significant digits, cut off; absent when flat. For display: sums are kept, not averages. */
    public @Nullable Price averagePx() {
        return qty.isZero()
                ? null
                : new Price(Bounds.DERIVED.rounded(cost.value().divide(qty.value(), SHOWN), RoundingMode.DOWN));
    }

    /** What closing everything at this price would add to {@code realized}; exact. */
    public Money unrealized(Price mark) {
        return mark.times(qty).minus(cost);
    }

    public boolean isFlat() {
        return qty.isZero();
    }

    private Position opened(Qty change, Price px) {
        List<Lot> open = method == CostMethod.FIFO ? FifoLots.added(lots, new Lot(change, px)) : lots;
        return new Position(method, qty.plus(change), cost.plus(px.times(change)), realized, fees, open);
    }

    private Position closed(Price px) {
        return new Position(method, Qty.ZERO, Money.ZERO, realized.plus(unrealized(px)), fees, List.of());
    }

    private Position reduced(Qty change, Price px) {
        Qty closing = change.negated();
        List<Lot> left = method == CostMethod.FIFO ? FifoLots.without(lots, closing) : lots;
        Money removed = method == CostMethod.FIFO ? FifoLots.cost(lots).minus(FifoLots.cost(left)) : share(closing);
        Money profit = px.times(closing).minus(removed);
        return new Position(method, qty.plus(change), cost.minus(removed), realized.plus(profit), fees, left);
    }

    private Money share(Qty closing) {
        BigDecimal share = cost.value().multiply(closing.value());
        return new Money(share.divide(qty.value(), COST_SCALE, RoundingMode.HALF_EVEN));
    }
}
