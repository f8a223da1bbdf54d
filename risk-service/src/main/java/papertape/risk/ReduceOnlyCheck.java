package papertape.risk;

import org.jspecify.annotations.Nullable;

/** A reduce-only order meets a position that it can close, or the entry of its bracket. */
final class ReduceOnlyCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        Holding holding = book.holding(order.instrument());
        boolean reduces = holding.closable(order.side()).isPositive()
                || holding.parentLeaves(order.order().parentId(), order.side()).isPositive();
        return !order.order().reduceOnly() || reduces
                ? null
                : Denial.of(
                        CheckName.REDUCE_ONLY,
                        "reduces",
                        "position " + holding.position().qty());
    }
}
