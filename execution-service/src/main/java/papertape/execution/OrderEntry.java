package papertape.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * A live order as it is saved: the flat form of {@link LiveOrder}, which says what each field means.
 *
 * @param seq order of arrival in the partition
 * @param visibleAfter the order sees market data later than this event time only
 * @param queueAhead of a resting order; absent when not known
 * @param bound furthest price of a seeking order
 * @param stop trigger price of an untriggered order
 * @param caps of a resting order's {@link Queue}
 * @param best highest (sell) or lowest (buy) price seen by a trailing stop
 */
record OrderEntry(
        Terms terms,
        OrderPhase phase,
        long seq,
        long visibleAfter,
        Fills fills,
        @Nullable Qty queueAhead,
        @Nullable Price bound,
        @Nullable Price stop,
        @Nullable Price best,
        @Nullable List<Queue.Cap> caps) {
    Queue queue() {
        return new Queue(queueAhead, caps == null ? List.of() : caps);
    }
}
