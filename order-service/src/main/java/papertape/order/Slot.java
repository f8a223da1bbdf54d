package papertape.order;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Execution;
import papertape.common.value.AccountId;
import papertape.common.value.ExecId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.StrategyId;

/**
 * A strategy's business in one instrument of one account.
 *
 * @param position signed, from the fills of the strategy's own orders
 * @param cost what the position was bought for, signed as the position is; exact but for the scale at which a partial
 *     close is split
 * @param target the position that the last signal asked for
 * @param price that signal's reference
 * @param isPending whether the last signal has not led to an order yet, because one is in the way
 * @param working the one order that is out
 * @param lastFill to know a fill that comes twice
 */
record Slot(
        AccountId account,
        StrategyId strategy,
        Instrument instrument,
        Qty position,
        Money cost,
        Qty target,
        Price price,
        boolean isPending,
        @Nullable Working working,
        @Nullable ExecId lastFill) {
    static Slot empty(AccountId account, StrategyId strategy, Instrument instrument) {
        return new Slot(account, strategy, instrument, Qty.ZERO, Money.ZERO, Qty.ZERO, Price.ZERO, false, null, null);
    }

    /** Key in the saved state. */
    static String key(AccountId account, StrategyId strategy, Instrument instrument) {
        return account.value() + "|" + strategy.value() + "|" + instrument.name();
    }

    Slot wanting(Qty newTarget, Price newPrice) {
        return new Slot(account, strategy, instrument, position, cost, newTarget, newPrice, true, working, lastFill);
    }

    Slot settled() {
        return new Slot(account, strategy, instrument, position, cost, target, price, false, working, lastFill);
    }

    Slot with(@Nullable Working order) {
        return new Slot(account, strategy, instrument, position, cost, target, price, isPending, order, lastFill);
    }

    Slot filled(Qty newPosition, Money newCost, Execution fill) {
        return new Slot(
                account, strategy, instrument, newPosition, newCost, target, price, isPending, working, fill.execId());
    }

    /** Whether there is nothing to remember. */
    boolean isIdle() {
        return position.isZero() && working == null && !isPending;
    }
}
