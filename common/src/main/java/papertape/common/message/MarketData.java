package papertape.common.message;

import papertape.common.value.Instrument;

/** What the {@code ticks} channel carries, keyed by instrument. */
public sealed interface MarketData extends Message permits Trade, Quote, Book, Bar, FeedStatus {
    Instrument instrument();
}
