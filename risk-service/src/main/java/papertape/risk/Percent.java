package papertape.risk;

import java.math.BigDecimal;
import papertape.common.value.Money;

/** Comparisons in percent, exact: both sides are multiplied, nothing is divided. */
final class Percent {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Percent() {}

    /** Whether {@code part} is more than {@code percent} of {@code whole}. */
    static boolean isOver(Money part, BigDecimal percent, Money whole) {
        return part.scaledBy(HUNDRED).compareTo(whole.scaledBy(percent)) > 0;
    }

    /**
     * Whether what is left of {@code base} means a loss of {@code percent} or more. Of a base that is not above zero every
     * loss is more than all there was; only a limit of 100, which stands for none, is not reached by it.
     */
    static boolean isLost(Money base, Money left, BigDecimal percent) {
        if (base.signum() <= 0) {
            return left.compareTo(base) < 0 && percent.compareTo(HUNDRED) < 0;
        }
        return base.minus(left).scaledBy(HUNDRED).compareTo(base.scaledBy(percent)) >= 0;
    }

    /** For display, 16 significant digits. */
    static String of(Money part, Money whole) {
        return whole.signum() <= 0 ? part + " of equity " + whole : ratio(part.scaledBy(HUNDRED), whole);
    }

    /** For display, 16 significant digits. */
    static String ratio(Money part, Money whole) {
        if (whole.signum() <= 0) {
            return part + " of equity " + whole;
        }
        return new Money(part.value().divide(whole.value(), Money.AVERAGE)).toString();
    }

    /** {@code 4} gives 1.04; exact. */
    static BigDecimal more(BigDecimal percent) {
        return BigDecimal.ONE.add(percent.movePointLeft(2));
    }
}
