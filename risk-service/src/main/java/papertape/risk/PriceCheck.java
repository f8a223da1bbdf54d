package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Price;

/** Every price that the order names is above zero and on the instrument's tick. */
final class PriceCheck implements Check {
    @Override
    public @Nullable Denial test(Candidate order, AccountBook book, Market market) {
        Denial denial = test(order.order().limitPx(), order);
        return denial != null ? denial : test(order.order().stopPx(), order);
    }

    private static @Nullable Denial test(@Nullable Price px, Candidate order) {
        if (px == null) {
            return null;
        }
        if (!px.isPositive()) {
            return Denial.of(CheckName.PRICE, "above 0", px);
        }
        Price tick = order.knownListing().settings().tick();
        return px.isOnTick(tick) ? null : Denial.of(CheckName.PRICE, "tick " + tick, px);
    }
}
