package papertape.etl;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Side;

/**
 * A price level's place among all levels of a partition: by instrument, then side, then from the best price to the worst,
 * so that an instrument's best level is the first one after its {@link #before} key.
 *
 * @param price null only in a key that is searched for: it stands before all prices
 */
record LevelKey(Instrument instrument, Side side, @Nullable Price price) implements Comparable<LevelKey> {
    static LevelKey before(Instrument instrument, Side side) {
        return new LevelKey(instrument, side, null);
    }

    /** Whether both are of the same side of the same book. */
    boolean isBeside(LevelKey other) {
        return side == other.side && instrument.equals(other.instrument);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object is the usual case; the names are compared otherwise
    public int compareTo(LevelKey other) {
        if (instrument != other.instrument) {
            int order = instrument.compareTo(other.instrument);
            if (order != 0) {
                return order;
            }
        }
        if (side != other.side) {
            return side.compareTo(other.side);
        }
        if (price == null || other.price == null) {
            return (price == null ? 0 : 1) - (other.price == null ? 0 : 1);
        }
        return side == Side.BUY ? other.price.compareTo(price) : price.compareTo(other.price);
    }

    @Override
    public String toString() {
        return instrument.name() + (side == Side.BUY ? "|buy|" : "|sell|") + price;
    }
}
