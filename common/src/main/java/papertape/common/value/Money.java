package papertape.common.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** An amount of money, exact; its currency is the account's or the instrument's and stands beside it. */
public record Money(BigDecimal value) implements Comparable<Money> {
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    /** Significant digits of a derived average: enough to show, never stored (sums are stored). */
    public static final MathContext AVERAGE = new MathContext(16, RoundingMode.HALF_EVEN);

    public Money {
        value = Decimals.canonical(value);
    }

    /** @throws IllegalArgumentException when the text is not a plain decimal number within {@link Bounds#DERIVED} */
    public static Money of(CharSequence text) {
        return new Money(Decimals.parse(text, Bounds.DERIVED));
    }

    public Money plus(Money other) {
        return new Money(value.add(other.value));
    }

    public Money minus(Money other) {
        return new Money(value.subtract(other.value));
    }

    public Money negated() {
        return new Money(value.negate());
    }

    public Money abs() {
        return value.signum() < 0 ? negated() : this;
    }

    /** This amount scaled by a plain factor, such as a fee rate; exact. */
    public Money scaledBy(BigDecimal factor) {
        return new Money(value.multiply(factor));
    }

    /** This amount as a message may carry it: rates and conversions can make more decimals than {@link Bounds#DERIVED}. */
    public Money rounded(RoundingMode mode) {
        return value.scale() <= Bounds.DERIVED.decimals() ? this : new Money(Bounds.DERIVED.rounded(value, mode));
    }

    /** The price at which {@code qty} units cost this amount, rounded to {@link #AVERAGE}; {@code qty} must not be zero. */
    public Price averageOver(Qty qty) {
        BigDecimal average = value.divide(qty.value(), AVERAGE);
        return new Price(Bounds.DERIVED.rounded(average, RoundingMode.HALF_EVEN));
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    public int signum() {
        return value.signum();
    }

    @Override
    public int compareTo(Money other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
