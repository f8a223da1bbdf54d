package papertape.risk;

import org.jspecify.annotations.Nullable;

/** An order id is used once. Never switched off. */
final class DuplicateOrderIdCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, Market market) {
        return order.isReplace() || !book.knowsId(order.order().orderId())
                ? null
                : Denial.of(
                        CheckName.DUPLICATE_ORDER_ID, "unused", order.order().orderId());
    }
}
