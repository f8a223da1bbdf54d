package papertape.etl.venue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** What a venue's message says, before anything has been checked against what was known. */
public sealed interface VenueEvent {
    /** The venue's own time, microseconds since the epoch; 0 where the message has none. */
    long time();

    /**
     * The whole book ({@code snapshot}) or changes of it.
     *
     * @param firstId the venue's number of the first change in it; 0 where changes are not numbered
     * @param lastId of the last change in it
     */
    record BookChange(long time, boolean snapshot, long firstId, long lastId, List<Level> bids, List<Level> asks)
            implements VenueEvent {}

    /**
     * A trade.
     *
     * @param side the aggressor's; absent where the venue does not tell
     * @param venueSeq 0 where the venue has none
     */
    record Print(
            long time,
            long tradeId,
            Price price,
            Qty qty,
            @Nullable Side side,
            long venueSeq) implements VenueEvent {}

    /** Best prices as the venue tells them. A side without a price is empty; a price without a quantity is of unknown size. */
    record Top(
            long time,
            @Nullable Price bidPx,
            @Nullable Qty bidQty,
            @Nullable Price askPx,
            @Nullable Qty askQty,
            long venueSeq)
            implements VenueEvent {}

    /** Nothing but the passing of time. */
    record Heartbeat(long time) implements VenueEvent {}
}
