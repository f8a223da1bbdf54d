package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Flat;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** An order: which one it is and all that it asks for. */
@Flat
public record Order(OrderRef ref, OrderTerms terms, OrderOptions options) implements OrderFields {
    /** An order without options. */
    public Order(OrderRef ref, OrderTerms terms) {
        this(ref, terms, OrderOptions.NONE);
    }

    @Override
    public Order order() {
        return this;
    }

    public Order withTerms(OrderTerms other) {
        return new Order(ref, other, options);
    }

    public Order withOptions(OrderOptions other) {
        return new Order(ref, terms, other);
    }

    public Order withQty(Qty other) {
        return withTerms(terms.withQty(other));
    }

    /** The order as the entry of a bracket; null for an exit that it does not have. */
    public Order withExits(@Nullable Price takeProfit, @Nullable Price stopLoss) {
        return withOptions(options.withExits(takeProfit, stopLoss));
    }
}
