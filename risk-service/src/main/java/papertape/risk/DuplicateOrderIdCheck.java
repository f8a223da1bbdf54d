package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.message.NewOrder;
import papertape.common.order.Bracket;
import papertape.common.value.OrderId;

/** An order id is used once, and so are those of a bracket's exits. Never switched off. */
final class DuplicateOrderIdCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, MarketView market) {
        OrderId id = order.order().orderId();
        if (order.isReplace()) {
            return null;
        }
        if (book.knowsId(id)) {
            return Denial.of(CheckName.DUPLICATE_ORDER_ID, "unused", id);
        }
        if (id.value().length() <= Bracket.MAX_ENTRY_ID) {
            for (NewOrder exit : Bracket.exits(order.order())) {
                if (book.knowsId(exit.orderId())) {
                    return Denial.of(CheckName.DUPLICATE_ORDER_ID, "unused", exit.orderId());
                }
            }
        }
        return null;
    }
}
