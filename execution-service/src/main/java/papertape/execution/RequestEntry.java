package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.message.CancelOrder;
import papertape.common.message.OrderTerms;
import papertape.common.message.ReplaceOrder;
import papertape.common.value.Flat;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * A cancel or replace on its way to the venue.
 *
 * @param visibleAfter it takes effect before the first market data later than this
 * @param cancel otherwise a replace
 * @param lateBy as of {@link Terms}
 */
record RequestEntry(
        long visibleAfter,
        boolean cancel,
        OrderKey key,
        Instrument instrument,
        Change change,
        @Nullable Long lateBy) {
    /** The values that a replace asks for; an absent one stays as it is. */
    @Flat
    record Change(
            @Nullable Qty qty,
            @Nullable Price limitPx,
            @Nullable Price stopPx) {
        static final Change NONE = new Change(null, null, null);

        OrderTerms of(OrderTerms old) {
            return old.replaced(qty, limitPx, stopPx);
        }
    }

    static RequestEntry of(CancelOrder cancel, long visibleAfter, @Nullable Long lateBy) {
        return new RequestEntry(visibleAfter, true, OrderKey.of(cancel), cancel.instrument(), Change.NONE, lateBy);
    }

    static RequestEntry of(ReplaceOrder replace, long visibleAfter, @Nullable Long lateBy) {
        Change change = new Change(replace.qty(), replace.limitPx(), replace.stopPx());
        return new RequestEntry(visibleAfter, false, OrderKey.of(replace), replace.instrument(), change, lateBy);
    }

    /** A report's text, with how late the request came. */
    String tell(String text) {
        return LateText.tell(text, lateBy);
    }
}
