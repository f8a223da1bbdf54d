package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.order.TermsRules;
import papertape.common.value.OrdType;

/** A bracket is one request: its exits come with the entry, its prices are in their order, and a replace keeps them so. */
final class BracketCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        OpenOrder replaced = order.replaced();
        if (replaced == null) {
            Denial lone = Denial.of(TermsRules.loneExit(order.order()));
            return lone != null ? lone : ofEntry(order);
        }
        return replaced.parentId() == null ? replacedEntry(order, replaced, book) : replacedExit(order, replaced, book);
    }

    private static @Nullable Denial ofEntry(Candidate order) {
        boolean isMarket = order.order().ordType() == OrdType.MARKET && !order.isReplace();
        return Denial.of(
                TermsRules.bracket(order.order(), isMarket ? order.knownMark().price() : null));
    }

    private static @Nullable Denial replacedEntry(Candidate order, OpenOrder entry, AccountBook book) {
        if (!order.order().qty().equals(entry.qty())) {
            for (OpenOrder exit : book.holding(order.instrument()).exitsOf(entry.orderId())) {
                if (exit.pending() != null) {
                    return Denial.of(CheckName.PENDING_REPLACE, "0", "1 of exit " + exit.orderId());
                }
            }
        }
        return ofEntry(order);
    }

    private static @Nullable Denial replacedExit(Candidate order, OpenOrder exit, AccountBook book) {
        NewOrder asked = order.order();
        if (!asked.qty().equals(exit.qty())) {
            return Denial.of(CheckName.BRACKET, "quantity " + exit.qty() + ", which follows its entry", asked.qty());
        }
        OpenOrder entry = exit.parentId() == null ? null : book.open(exit.parentId());
        if (entry == null) {
            return null;
        }
        NewOrder whole = entry.asOrder(asked.header(), book.holding(order.instrument()));
        NewOrder changed = exit.ordType() == OrdType.LIMIT
                ? whole.withExits(asked.limitPx(), whole.stopLossPx())
                : whole.withExits(whole.takeProfitPx(), asked.stopPx());
        return Denial.of(TermsRules.bracket(changed, null));
    }
}
