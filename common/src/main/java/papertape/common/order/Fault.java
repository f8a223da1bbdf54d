package papertape.common.order;

/**
 * What is wrong with an order's terms.
 *
 * @param limit what would have been accepted
 * @param value what was asked for
 */
public record Fault(Kind kind, String limit, String value) {
    public enum Kind {
        PRICE,
        QUANTITY,
        TERMS,
        TIME_IN_FORCE,
        BRACKET
    }

    @Override
    public String toString() {
        return "limit=" + limit + " value=" + value;
    }
}
