package papertape.common.value;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Price of one unit of an instrument, in the instrument's quote currency; exact. May be negative (a spread's price). */
public record Price(BigDecimal value) implements Comparable<Price> {
    public static final Price ZERO = new Price(BigDecimal.ZERO);

    public Price {
        value = Decimals.canonical(value);
    }

    /** @throws IllegalArgumentException when the text is not a plain decimal number within {@link Bounds#ENTERED} */
    public static Price of(CharSequence text) {
        return new Price(Decimals.parse(text));
    }

    /** What {@code qty} units cost at this price, in the quote currency; exact. */
    public Money times(Qty qty) {
        return new Money(value.multiply(qty.value()));
    }

    public Price plus(Price other) {
        return new Price(value.add(other.value));
    }

    public Price minus(Price other) {
        return new Price(value.subtract(other.value));
    }

    /** This price scaled by a plain factor (1.05 is five per cent more); exact. */
    public Price scaledBy(BigDecimal factor) {
        return new Price(value.multiply(factor));
    }

    /** The middle between two prices; exact, except that it has no more decimals than an entered price may have. */
    public static Price mid(Price bid, Price ask) {
        BigDecimal middle = bid.value.add(ask.value).divide(BigDecimal.TWO);
        return new Price(Bounds.ENTERED.rounded(middle, RoundingMode.HALF_EVEN));
    }

    /** Whether this price is a whole multiple of the tick size. */
    public boolean isOnTick(Price tick) {
        return value.remainder(tick.value).signum() == 0;
    }

    /** The nearest multiple of the tick size in the direction of the rounding mode. */
    public Price roundedTo(Price tick, RoundingMode mode) {
        return new Price(value.divide(tick.value, 0, mode).multiply(tick.value));
    }

    public boolean isPositive() {
        return value.signum() > 0;
    }

    public boolean isAbove(Price other) {
        return compareTo(other) > 0;
    }

    public boolean isBelow(Price other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Price other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
