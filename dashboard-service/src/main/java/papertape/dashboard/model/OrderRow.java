package papertape.dashboard.model;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;
import papertape.common.value.Liquidity;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/**
 * An order as its executions tell it.
 *
 * @param created event time of its first execution, microseconds
 * @param updated of its latest
 * @param fees of all its fills, in the instrument's quote currency
 * @param text of the latest execution
 */
public record OrderRow(
        String account,
        String orderId,
        @Nullable String strategy,
        String instrument,
        Side side,
        OrdType ordType,
        TimeInForce tif,
        Qty qty,
        @Nullable Price limitPx,
        @Nullable Price stopPx,
        OrdStatus status,
        Qty cumQty,
        Qty leavesQty,
        @Nullable Price avgPx,
        Money fees,
        @Nullable String parentId,
        String text,
        long created,
        long updated) {
    /** A fill of one's own, for the chart and for the statistics. */
    public record FillRow(
            String account,
            String orderId,
            @Nullable String strategy,
            String instrument,
            Side side,
            Qty qty,
            Price px,
            Money fee,
            @Nullable Liquidity liquidity,
            long ts) {}

    static OrderRow of(Execution e, @Nullable OrderRow before) {
        if (e.terms() == null && before != null) {
            return before.withText(e.text(), e.ts());
        }
        boolean isRefusedChange = e.execType() == ExecType.CANCEL_REJECTED;
        Money fees = before == null ? e.commission() : before.fees.plus(e.commission());
        return new OrderRow(
                e.account().value(),
                e.orderId().value(),
                e.strategy() == null ? null : e.strategy().value(),
                e.instrument().name(),
                e.side(),
                e.ordType(),
                e.tif(),
                e.qty(),
                e.limitPx(),
                e.stopPx(),
                isRefusedChange && before != null ? before.status : e.ordStatus(),
                e.cumQty(),
                e.leavesQty(),
                e.avgPx(),
                fees,
                e.parentId() == null ? null : e.parentId().value(),
                e.text(),
                before == null ? e.ts() : before.created,
                e.ts());
    }

    /** The venue does not know the order any more: only the refusal's text and time are news. */
    private OrderRow withText(String other, long ts) {
        return new OrderRow(
                account,
                orderId,
                strategy,
                instrument,
                side,
                ordType,
                tif,
                qty,
                limitPx,
                stopPx,
                status,
                cumQty,
                leavesQty,
                avgPx,
                fees,
                parentId,
                other,
                created,
                ts);
    }

    boolean isWorking() {
        return !status.isFinal();
    }
}
