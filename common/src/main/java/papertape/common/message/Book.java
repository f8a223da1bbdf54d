package papertape.common.message;

import java.util.List;
import papertape.common.value.Instrument;
import papertape.common.value.Level;

/**
 * A change of the order book. A snapshot replaces the whole book; otherwise each level replaces the level at its price,
 * and quantity 0 removes it.
 */
public record Book(
        Header header, Instrument instrument, boolean snapshot, List<Level> bids, List<Level> asks, long venueSeq)
        implements MarketData {}
