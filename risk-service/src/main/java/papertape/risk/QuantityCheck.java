package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Qty;

/** The quantity is above zero, on the lot, and within the instrument's smallest and largest order. */
final class QuantityCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, Market market) {
        InstrumentSettings listed = order.knownListing().settings();
        Qty qty = order.order().qty();
        if (!qty.isPositive()) {
            return Denial.of(CheckName.QUANTITY, "above 0", qty);
        }
        if (!qty.isOnLot(listed.lot())) {
            return Denial.of(CheckName.QUANTITY, "lot " + listed.lot(), qty);
        }
        if (qty.compareTo(listed.minQty()) < 0) {
            return Denial.of(CheckName.QUANTITY, "from " + listed.minQty(), qty);
        }
        if (qty.compareTo(listed.maxQty()) > 0) {
            return Denial.of(CheckName.QUANTITY, "to " + listed.maxQty(), qty);
        }
        // a replace to what is filled already would be a cancel in disguise
        OpenOrder replaced = order.replaced();
        return replaced == null || order.leaves().isPositive()
                ? null
                : Denial.of(CheckName.QUANTITY, "above filled " + replaced.cumQty(), qty);
    }
}
