package papertape.risk;

import papertape.common.value.Price;

/** The last mark of an instrument and its event time in microseconds. */
record KnownMark(Price price, long ts) {}
