package papertape.common.message;

import papertape.common.value.Instrument;
import papertape.common.value.Price;

/** Latest price of an instrument for valuing positions; conflated. {@code source} is mid, trade or settlement. */
public record Mark(Header header, Instrument instrument, Price price, String source) implements Message {}
