package papertape.common.value;

/** The venue's name of a trade, unique within the instrument. */
public record TradeId(String value) implements Comparable<TradeId> {
    public TradeId {
        Ids.check("a trade id", value);
    }

    public static TradeId of(String value) {
        return new TradeId(value);
    }

    @Override
    public int compareTo(TradeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
