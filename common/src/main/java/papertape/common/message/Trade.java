package papertape.common.message;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TradeId;

/**
 * A trade that the venue printed.
 *
 * @param side the aggressor's side; absent where the venue does not tell
 * @param venueSeq the venue's sequence number; 0 where it has none
 */
public record Trade(
        Header header,
        Instrument instrument,
        Price price,
        Qty qty,
        @Nullable Side side,
        TradeId tradeId,
        long venueSeq) implements MarketData {}
