package papertape.order;

import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * What a fill makes of a position's cost (average cost, netting): growing adds to it, closing takes its share and realizes
 * the difference, crossing zero closes all of it and opens the rest at the fill's price.
 *
 * @param realized before fees
 */
record Fill(Money cost, Money realized) {
    static Fill of(Qty position, Money cost, Qty change, Price price) {
        boolean isGrowing = position.isZero() || position.signum() == change.signum();
        if (isGrowing) {
            return new Fill(cost.plus(price.times(change)), Money.ZERO);
        }
        Qty after = position.plus(change);
        boolean isAllClosed = after.isZero() || after.signum() == change.signum();
        Qty closed = isAllClosed ? position : change.negated();
        Money share = isAllClosed ? cost : cost.averageOver(position).times(closed);
        Money realized = price.times(closed).minus(share);
        Money rest = isAllClosed ? price.times(after) : cost.minus(share);
        return new Fill(rest, realized);
    }
}
