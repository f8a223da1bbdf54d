package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Average;
import papertape.common.value.ExecType;
import papertape.common.value.Flat;
import papertape.common.value.OrdStatus;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * What happened to an order, and how far it is after that.
 *
 * @param leavesQty what may still be filled; 0 when the order is final
 * @param cumQty of all fills
 * @param avgPx of all fills, 16 significant digits; absent before the first
 */
@Flat
public record OrderProgress(
        ExecType execType,
        OrdStatus ordStatus,
        Qty leavesQty,
        Qty cumQty,
        @Average @Nullable Price avgPx) {
    /** Of an order without a fill that is over. */
    public static OrderProgress none(ExecType execType, OrdStatus ordStatus) {
        return new OrderProgress(execType, ordStatus, Qty.ZERO, Qty.ZERO, null);
    }
}
