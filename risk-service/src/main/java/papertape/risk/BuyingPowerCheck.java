package papertape.risk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.order.Bracket;
import papertape.common.value.Money;
import papertape.common.value.Side;

/**
 * Cash account: a buy's cost and taker fee is covered by the cash that no open order holds back. Margin account: exposure
 * with the order, and the fees of all open orders, is covered by twice the equity, or by more where the account's
 * leverage limit is higher. A replace needs what it adds.
 */
final class BuyingPowerCheck implements Check {
    private static final BigDecimal MARGIN_LEVERAGE = BigDecimal.TWO;

    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Money needed = book.isMargin() ? added(order, book) : cost(order, book, market);
        Money limit = book.isMargin() ? marginLeft(book) : book.available();
        return needed.signum() > 0 && needed.compareTo(limit) > 0
                ? Denial.of(CheckName.BUYING_POWER, limit, needed)
                : null;
    }

    private static Money cost(Candidate order, AccountBook book, MarketView market) {
        if (order.side() == Side.SELL) {
            return order.order().isBracket() ? exitsCost(order, book, market) : Money.ZERO;
        }
        Money whole = order.cost();
        OpenOrder replaced = order.replaced();
        return replaced == null ? whole : whole.minus(book.reservation(replaced));
    }

    /** A bracket that sells brings along exits that buy. */
    private static Money exitsCost(Candidate order, AccountBook book, MarketView market) {
        Money sum = Money.ZERO;
        for (NewOrder exit : Bracket.exits(order.order())) {
            sum = sum.plus(Candidate.of(exit, book, market).cost());
        }
        OpenOrder entry = order.replaced();
        if (entry != null) {
            for (OpenOrder exit : book.holding(order.instrument()).exitsOf(entry.orderId())) {
                sum = sum.minus(book.reservation(exit));
            }
        }
        return sum;
    }

    private static Money added(Candidate order, AccountBook book) {
        Money more = book.exposure(order.instrument(), order).minus(book.exposure(order.instrument(), null));
        return more.signum() > 0 ? more.plus(order.fee()) : Money.ZERO;
    }

    private static Money marginLeft(AccountBook book) {
        return left(book, MARGIN_LEVERAGE.max(book.limits().maxLeverage()));
    }

    /** What equity times a factor leaves beyond all exposure and the fees of open orders. */
    static Money left(AccountBook book, BigDecimal factor) {
        return book.equity().scaledBy(factor).minus(book.grossExposure()).minus(book.openFees());
    }
}
