package papertape.common.value;

/** Name of an order, given by whoever sends it and unique within its account for ever (FIX: ClOrdID). */
public record OrderId(String value) implements Comparable<OrderId> {
    public OrderId {
        Ids.check("an order id", value);
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
