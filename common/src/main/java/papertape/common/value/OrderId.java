package papertape.common.value;

/**
 * Name of an order, given by its sender and unique within its account for ever (FIX: ClOrdID): 1 to 128 of {@code A-Z a-z
 * 0-9 . _ - : /}, the first a letter or digit.
 */
public record OrderId(String value) implements Comparable<OrderId> {
    public OrderId {
        Ids.checkOrder("an order id", value);
    }

    public static OrderId of(String value) {
        return new OrderId(value);
    }

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
