package papertape.etl.venue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedState;
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
     * @param leftOut what is wrong with the rows of a whole book that were left out
     */
    record BookChange(
            long time,
            boolean snapshot,
            long firstId,
            long lastId,
            List<Level> bids,
            List<Level> asks,
            List<String> leftOut)
            implements VenueEvent {
        /** All rows are there. */
        public BookChange(long time, boolean snapshot, long firstId, long lastId, List<Level> bids, List<Level> asks) {
            this(time, snapshot, firstId, lastId, bids, asks, List.of());
        }
    }

    /**
     * A trade.
     *
     * @param side the aggressor's; absent where the venue does not tell
     * @param venueSeq 0 where the venue has none
     * @param covered where the venue prints the same trades in two streams
     */
    record Print(
            long time,
            long tradeId,
            Price price,
            Qty qty,
            @Nullable Side side,
            long venueSeq,
            @Nullable Covered covered)
            implements VenueEvent {
        /** A trade of the only stream that there is. */
        public Print(long time, long tradeId, Price price, Qty qty, @Nullable Side side, long venueSeq) {
            this(time, tradeId, price, qty, side, venueSeq, null);
        }

        /** Whether trades came one by one beside the stream of aggregates. */
        public boolean isSingle() {
            return covered != null && !covered.isAggregate();
        }
    }

    /** The numbers of the single trades that a print tells of; 0 where the venue does not say. */
    record Covered(boolean isAggregate, long first, long last) {}

    /** Best prices as the venue tells them. A side without a price is empty; a price without a quantity is of unknown size. */
    record Top(
            long time,
            @Nullable Price bidPx,
            @Nullable Qty bidQty,
            @Nullable Price askPx,
            @Nullable Qty askQty,
            long venueSeq)
            implements VenueEvent {}

    /** Which orders the venue takes for the product: {@code LIVE} for all, or limit-only, post-only, halted. */
    record Access(long time, FeedState state, String detail) implements VenueEvent {}

    /** Nothing but the passing of time. */
    record Heartbeat(long time) implements VenueEvent {}
}
