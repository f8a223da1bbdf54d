package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Top of the book after a change of it; a side that is empty is absent, price and quantity together. */
public record Quote(
        Header header,
        Instrument instrument,
        @Nullable Price bidPx,
        @Nullable Qty bidQty,
        @Nullable Price askPx,
        @Nullable Qty askQty,
        long venueSeq)
        implements MarketData {}
