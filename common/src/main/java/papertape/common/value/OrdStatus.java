package papertape.common.value;

/** Where an order is in its life (FIX: OrdStatus). */
public enum OrdStatus {
    NEW,
    PARTIALLY_FILLED,
    FILLED,
    CANCELED,
    REJECTED,
    EXPIRED,
    DENIED;

    /** Whether nothing can happen to the order any more. */
    public boolean isFinal() {
        return switch (this) {
            case NEW, PARTIALLY_FILLED -> false;
            case FILLED, CANCELED, REJECTED, EXPIRED, DENIED -> true;
        };
    }
}
