package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.order.Fault;

/**
 * A check's no.
 *
 * @param limit what would have been accepted
 * @param value what was asked for
 */
record Denial(CheckName check, String limit, String value) {
    static Denial of(CheckName check, Object limit, Object value) {
        return new Denial(check, limit.toString(), value.toString());
    }

    /** What the common rules found; null when they found nothing. */
    static @Nullable Denial of(@Nullable Fault fault) {
        if (fault == null) {
            return null;
        }
        CheckName check = switch (fault.kind()) {
            case PRICE -> CheckName.PRICE;
            case QUANTITY -> CheckName.QUANTITY;
            case TERMS -> CheckName.ORDER_TERMS;
            case TIME_IN_FORCE -> CheckName.TIME_IN_FORCE;
            case BRACKET -> CheckName.BRACKET;
        };
        return new Denial(check, fault.limit(), fault.value());
    }

    String text() {
        return "check=" + check.text() + " limit=" + limit + " value=" + value;
    }
}
