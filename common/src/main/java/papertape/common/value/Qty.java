package papertape.common.value;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Quantity of an instrument in its base unit; exact. An order's is positive, a position's is signed (short below zero). */
public record Qty(BigDecimal value) implements Comparable<Qty> {
    public static final Qty ZERO = new Qty(BigDecimal.ZERO);

    public Qty {
        value = Decimals.canonical(value);
    }

    /** @throws IllegalArgumentException when the text is not a plain decimal number within {@link Bounds#ENTERED} */
    public static Qty of(CharSequence text) {
        return new Qty(Decimals.parse(text));
    }

    public Qty plus(Qty other) {
        return new Qty(value.add(other.value));
    }

    public Qty minus(Qty other) {
        return new Qty(value.subtract(other.value));
    }

    public Qty negated() {
        return new Qty(value.negate());
    }

    public Qty abs() {
        return value.signum() < 0 ? negated() : this;
    }

    /** This quantity as a change of position: positive for a buy, negative for a sell. */
    public Qty signed(Side side) {
        return side == Side.BUY ? this : negated();
    }

    public Qty min(Qty other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Qty max(Qty other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether this quantity is a whole multiple of the lot size. */
    public boolean isOnLot(Qty lot) {
        return value.remainder(lot.value).signum() == 0;
    }

    /** The largest multiple of the lot size that is not further from zero than this quantity. */
    public Qty roundedDownTo(Qty lot) {
        return new Qty(value.divide(lot.value, 0, RoundingMode.DOWN).multiply(lot.value));
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    public boolean isPositive() {
        return value.signum() > 0;
    }

    public int signum() {
        return value.signum();
    }

    @Override
    public int compareTo(Qty other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
