package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * A cancel or replace on its way to the venue.
 *
 * @param visibleAfter it takes effect before the first market data later than this
 * @param cancel otherwise a replace, whose absent terms stay as they are
 * @param lateBy as of {@link Terms}
 */
record RequestEntry(
        long visibleAfter,
        boolean cancel,
        OrderId orderId,
        AccountId account,
        Instrument instrument,
        @Nullable Qty qty,
        @Nullable Price limitPx,
        @Nullable Price stopPx,
        @Nullable Long lateBy) {
    /** A report's text, with how late the request came. */
    String tell(String text) {
        return LateText.tell(text, lateBy);
    }

    OrderKey key() {
        return new OrderKey(account, orderId);
    }
}
