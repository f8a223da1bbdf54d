package papertape.execution;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Money;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * An order that is not final. Each state has the transitions that are legal from it and no others: only an
 * {@link Active} order fills, only an {@link Entering} one can be rejected or opened, only an {@link Untriggered} one
 * triggers. A final order is no {@code LiveOrder} any more, so nothing can happen to it.
 *
 * <pre>
 *            Held -> Released -+-> Untriggered -> Seeking -> Resting
 * Pending ---------------------+------------------^   ^---------+  (a replace that loses the place)
 * </pre>
 */
sealed interface LiveOrder {
    Terms terms();

    /** Order of arrival: time priority. */
    long seq();

    /** The order sees market data later than this event time only (rule 1). */
    long visibleAfter();

    LiveOrder withTerms(Terms terms);

    OrderEntry entry();

    default Fills fills() {
        return Fills.NONE;
    }

    default OrderKey key() {
        return terms().key();
    }

    default Qty leaves() {
        return terms().qty().minus(fills().cumQty());
    }

    default OrdStatus status() {
        return fills().cumQty().isZero() ? OrdStatus.NEW : OrdStatus.PARTIALLY_FILLED;
    }

    default boolean sees(long ts) {
        return ts > visibleAfter();
    }

    static LiveOrder of(OrderEntry e) {
        return switch (e.phase()) {
            case PENDING -> new Pending(e.terms(), e.seq(), e.visibleAfter());
            case HELD -> new Held(e.terms(), e.seq(), e.visibleAfter());
            case RELEASED -> new Released(e.terms(), e.seq(), e.visibleAfter());
            case UNTRIGGERED -> new Untriggered(e.terms(), e.seq(), e.visibleAfter(), e.stop(), e.best());
            case SEEKING -> new Seeking(e.terms(), e.seq(), e.visibleAfter(), e.fills(), e.bound());
            case RESTING -> new Resting(e.terms(), e.seq(), e.visibleAfter(), e.fills(), e.queue());
        };
    }

    /** About to be opened at the next event it sees. */
    sealed interface Entering extends LiveOrder {
        default Untriggered await(@Nullable Price stop, @Nullable Price best) {
            return new Untriggered(terms(), seq(), visibleAfter(), stop, best);
        }

        default Seeking seek(@Nullable Price bound) {
            return new Seeking(terms(), seq(), visibleAfter(), Fills.NONE, bound);
        }

        @Override
        Entering withTerms(Terms terms);
    }

    /** May fill. */
    sealed interface Active extends LiveOrder {
        Active filled(Qty qty, Price px, Money fee);
    }

    /** On its way to the venue: not acknowledged yet. */
    record Pending(Terms terms, long seq, long visibleAfter) implements Entering {
        @Override
        public Pending withTerms(Terms changed) {
            return new Pending(changed, seq, visibleAfter);
        }

        @Override
        public OrderEntry entry() {
            return OrderEntry.of(this, OrderPhase.PENDING, OrderEntry.Place.NONE);
        }
    }

    /** A bracket's exit that waits for the end of its entry. */
    record Held(Terms terms, long seq, long visibleAfter) implements LiveOrder {
        /**
         * The exit for what the entry has filled, which is final.
         *
         * @param entryEndTs it sees nothing of the event that ended its entry
         */
        Released released(Qty filled, long entryEndTs) {
            return new Released(terms.withQty(filled), seq, Math.max(visibleAfter, entryEndTs));
        }

        @Override
        public Held withTerms(Terms changed) {
            return new Held(changed, seq, visibleAfter);
        }

        @Override
        public OrderEntry entry() {
            return OrderEntry.of(this, OrderPhase.HELD, OrderEntry.Place.NONE);
        }
    }

    /** A bracket's exit whose entry is final with a fill, and that opens at the next event. */
    record Released(Terms terms, long seq, long visibleAfter) implements Entering {
        @Override
        public Released withTerms(Terms changed) {
            return new Released(changed, seq, visibleAfter);
        }

        @Override
        public OrderEntry entry() {
            return OrderEntry.of(this, OrderPhase.RELEASED, OrderEntry.Place.NONE);
        }
    }

    /**
     * A stop whose price has not been reached.
     *
     * @param stop trigger price; absent for a trailing stop that has seen no price yet
     * @param best highest (sell) or lowest (buy) price seen, for trailing stops
     */
    record Untriggered(
            Terms terms,
            long seq,
            long visibleAfter,
            @Nullable Price stop,
            @Nullable Price best) implements LiveOrder {
        Seeking triggered(@Nullable Price bound) {
            return new Seeking(terms, seq, visibleAfter, Fills.NONE, bound);
        }

        Untriggered trailing(Price newBest, Price newStop) {
            return new Untriggered(terms, seq, visibleAfter, newStop, newBest);
        }

        Untriggered replaced(Terms changed, long after) {
            return new Untriggered(changed, seq, after, changed.stopPx(), best);
        }

        boolean isTrailing() {
            return terms.ordType() == OrdType.TRAILING_STOP;
        }

        @Override
        public Untriggered withTerms(Terms changed) {
            return new Untriggered(changed, seq, visibleAfter, stop, best);
        }

        @Override
        public OrderEntry entry() {
            return OrderEntry.of(this, OrderPhase.UNTRIGGERED, OrderEntry.Place.untriggered(stop, best));
        }
    }

    /**
     * Takes liquidity: a market order until it is done, a limit order for the moment in which it enters.
     *
     * @param bound furthest price at which it may trade: the limit, or the price protection of a market order; absent
     *     until a triggered market order has met an opposite price
     */
    record Seeking(
            Terms terms,
            long seq,
            long visibleAfter,
            Fills fills,
            @Nullable Price bound) implements Active {
        Resting rest(Queue queue) {
            return new Resting(terms, seq, visibleAfter, fills, queue);
        }

        Seeking within(Price protection) {
            return new Seeking(terms, seq, visibleAfter, fills, protection);
        }

        @Override
        public Seeking filled(Qty qty, Price px, Money fee) {
            return new Seeking(terms, seq, visibleAfter, fills.plus(qty, px, fee), bound);
        }

        @Override
        public Seeking withTerms(Terms changed) {
            return new Seeking(changed, seq, visibleAfter, fills, bound);
        }

        @Override
        public OrderEntry entry() {
            return OrderEntry.of(this, OrderPhase.SEEKING, OrderEntry.Place.within(bound));
        }
    }

    /** A limit order in the book. */
    record Resting(Terms terms, long seq, long visibleAfter, Fills fills, Queue queue) implements Active {
        Price limit() {
            return Objects.requireNonNull(terms.limitPx());
        }

        Resting behind(Queue moved) {
            return new Resting(terms, seq, visibleAfter, fills, moved);
        }

        /** A replace that loses the place: the order enters again, last in time. */
        Seeking reentering(Terms changed, long newSeq, long after) {
            return new Seeking(changed, newSeq, after, fills, changed.limitPx());
        }

        @Override
        public Resting filled(Qty qty, Price px, Money fee) {
            return new Resting(terms, seq, visibleAfter, fills.plus(qty, px, fee), queue);
        }

        @Override
        public Resting withTerms(Terms changed) {
            return new Resting(changed, seq, visibleAfter, fills, queue);
        }

        @Override
        public OrderEntry entry() {
            return OrderEntry.of(this, OrderPhase.RESTING, OrderEntry.Place.resting(queue));
        }
    }
}
