package papertape.execution;

import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Side;

/**
 * A price level of an instrument's book; {@code BUY} is the bid side. Sorted by instrument, bids before asks, then price.
 * Its text is {@code VENUE:SYMBOL|bid|100.5}.
 */
record LevelKey(Instrument instrument, Side side, Price px) implements Comparable<LevelKey> {
    private static final Price LOWEST = Price.of("-1000000000000000000");
    private static final Price HIGHEST = Price.of("1000000000000000000");

    /** Sorts before every level of that side. */
    static LevelKey lowest(Instrument instrument, Side side) {
        return new LevelKey(instrument, side, LOWEST);
    }

    /** Sorts after every level of that side. */
    static LevelKey highest(Instrument instrument, Side side) {
        return new LevelKey(instrument, side, HIGHEST);
    }

    static LevelKey parse(String text) {
        int last = text.lastIndexOf('|');
        int first = text.lastIndexOf('|', last - 1);
        Side side = text.startsWith("bid", first + 1) ? Side.BUY : Side.SELL;
        return new LevelKey(Instrument.of(text.substring(0, first)), side, Price.of(text.substring(last + 1)));
    }

    boolean isOn(Instrument other, Side bookSide) {
        return side == bookSide && instrument.equals(other);
    }

    @Override
    public int compareTo(LevelKey other) {
        int byInstrument = instrument.compareTo(other.instrument);
        if (byInstrument != 0) {
            return byInstrument;
        }
        return side != other.side ? side.compareTo(other.side) : px.compareTo(other.px);
    }

    @Override
    public String toString() {
        return instrument.name() + (side == Side.BUY ? "|bid|" : "|ask|") + px;
    }
}
