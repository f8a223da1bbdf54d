package papertape.pnl;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.ledger.Position;
import papertape.common.value.Money;
import papertape.common.value.Price;

/**
 * What a position comes to in the account's currency, converted at one fixed rate and so exact. An open position without
 * a mark is valued at its cost (unrealized 0) and counts as unmarked.
 */
record Valuation(Money cost, Money realized, Money unrealized, Money fees, int unmarked) {
    static final Valuation NOTHING = new Valuation(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, 0);

    static Valuation of(Position position, @Nullable Price mark, BigDecimal rate) {
        return new Valuation(
                position.cost().scaledBy(rate),
                position.realized().scaledBy(rate),
                mark == null ? Money.ZERO : position.unrealized(mark).scaledBy(rate),
                position.fees().scaledBy(rate),
                mark == null && !position.isFlat() ? 1 : 0);
    }

    Valuation plus(Valuation other) {
        return new Valuation(
                cost.plus(other.cost),
                realized.plus(other.realized),
                unrealized.plus(other.unrealized),
                fees.plus(other.fees),
                unmarked + other.unmarked);
    }

    Valuation minus(Valuation other) {
        return new Valuation(
                cost.minus(other.cost),
                realized.minus(other.realized),
                unrealized.minus(other.unrealized),
                fees.minus(other.fees),
                unmarked - other.unmarked);
    }
}
