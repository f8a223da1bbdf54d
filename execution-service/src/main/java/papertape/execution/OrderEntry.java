package papertape.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Flat;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * A live order as it is saved: the flat form of {@link LiveOrder}, which says what each field means.
 *
 * @param seq order of arrival in the partition
 * @param visibleAfter the order sees market data later than this event time only
 */
record OrderEntry(Terms terms, OrderPhase phase, long seq, long visibleAfter, Fills fills, Place place) {
    /**
     * The fields of some phases.
     *
     * @param queueAhead of a resting order; absent when not known
     * @param bound furthest price of a seeking order
     * @param stop trigger price of an untriggered order
     * @param best highest (sell) or lowest (buy) price seen by a trailing stop
     * @param caps of a resting order's {@link Queue}
     */
    @Flat
    record Place(
            @Nullable Qty queueAhead,
            @Nullable Price bound,
            @Nullable Price stop,
            @Nullable Price best,
            @Nullable List<Queue.Cap> caps) {
        static final Place NONE = new Place(null, null, null, null, null);

        static Place within(@Nullable Price bound) {
            return new Place(null, bound, null, null, null);
        }

        static Place untriggered(@Nullable Price stop, @Nullable Price best) {
            return new Place(null, null, stop, best, null);
        }

        static Place resting(Queue queue) {
            return new Place(queue.ahead(), null, null, null, queue.caps());
        }
    }

    static OrderEntry of(LiveOrder order, OrderPhase phase, Place place) {
        return new OrderEntry(order.terms(), phase, order.seq(), order.visibleAfter(), order.fills(), place);
    }

    @Nullable
    Qty queueAhead() {
        return place.queueAhead();
    }

    @Nullable
    Price bound() {
        return place.bound();
    }

    @Nullable
    Price stop() {
        return place.stop();
    }

    @Nullable
    Price best() {
        return place.best();
    }

    Queue queue() {
        return new Queue(place.queueAhead(), place.caps() == null ? List.of() : place.caps());
    }
}
