package papertape.common.value;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a number may be, on the wire and in the database. A number outside its bounds is refused where it is read, so that
 * every stage can calculate with it, send what it calculated, and store it.
 */
public enum Bounds {
    /** What somebody enters or a venue sends: prices, quantities, percentages, amounts of a deposit or withdrawal. */
    ENTERED(20, 18),

    /** What follows from entered numbers: a price times a quantity, sums of them over years, averages. */
    DERIVED(40, 36);

    private static final int LONG_DIGITS = 18;

    private final int whole;
    private final int decimals;

    Bounds(int whole, int decimals) {
        this.whole = whole;
        this.decimals = decimals;
    }

    /** Most digits before the point. */
    public int whole() {
        return whole;
    }

    /** Most digits after the point. */
    public int decimals() {
        return decimals;
    }

    /** Longest text: all digits, a sign and the point. */
    public int maxLength() {
        return whole + decimals + 2;
    }

    /** Whether a number in its canonical form ({@link Decimals#canonical}) is within these bounds. */
    public boolean admits(BigDecimal value) {
        int scale = value.scale();
        int digits = value.precision();
        return scale <= decimals && (digits <= LONG_DIGITS || digits - scale <= whole);
    }

    /**
     * The number itself.
     *
     * @throws IllegalArgumentException when it is not within these bounds
     */
    public BigDecimal checked(BigDecimal canonical) {
        if (!admits(canonical)) {
            throw new IllegalArgumentException(
                    "\"" + Decimals.shortened(canonical.toPlainString()) + "\" is not a number of " + accepted());
        }
        return canonical;
    }

    /** The bounds in words. */
    public String accepted() {
        return "at most " + whole + " digits before and " + decimals + " after the point";
    }

    /** The number with no more digits after the point than these bounds allow. */
    public BigDecimal rounded(BigDecimal value, RoundingMode mode) {
        return value.scale() <= decimals ? value : value.setScale(decimals, mode);
    }
}
