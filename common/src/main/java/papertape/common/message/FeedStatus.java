package papertape.common.message;

import papertape.common.value.FeedState;
import papertape.common.value.Instrument;

/** A change of what an instrument's stream is worth; {@code detail} says why in words. */
public record FeedStatus(Header header, Instrument instrument, FeedState status, String detail) implements MarketData {}
