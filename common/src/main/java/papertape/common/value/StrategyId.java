package papertape.common.value;

/** Name of a strategy as the configuration spells it; the alphabet of {@link AccountId}. */
public record StrategyId(String value) implements Comparable<StrategyId> {
    public StrategyId {
        Ids.checkName("a strategy", value);
    }

    public static StrategyId of(String value) {
        return new StrategyId(value);
    }

    @Override
    public int compareTo(StrategyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
