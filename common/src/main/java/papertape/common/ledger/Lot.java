package papertape.common.ledger;

import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Units opened at one price; {@code qty} has the sign of the position. */
public record Lot(Qty qty, Price px) {
    Money cost() {
        return px.times(qty);
    }
}
