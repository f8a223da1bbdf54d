package papertape.common.statistics;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * Joins an account's fills into round trips. A fill that crosses zero ends one and begins the next, its fee shared by
 * quantity. What is still open is no round trip.
 */
public final class RoundTrips {
    private static final int FEE_SCALE = 16;

    private final Map<Instrument, Trip> open = new TreeMap<>();
    private final List<RoundTrip> closed = new ArrayList<>();

    private RoundTrips() {}

    /** @param fills of one account in the order in which they happened */
    public static List<RoundTrip> of(List<Fill> fills) {
        RoundTrips trips = new RoundTrips();
        fills.forEach(trips::add);
        return List.copyOf(trips.closed);
    }

    private void add(Fill fill) {
        Trip trip = open.get(fill.instrument());
        if (trip == null) {
            open.put(fill.instrument(), new Trip(fill));
        } else if (trip.side == fill.side()) {
            trip.enter(fill);
        } else {
            close(trip, fill);
        }
    }

    private void close(Trip trip, Fill fill) {
        Qty closing = fill.qty().min(trip.left());
        Money fee = share(fill, closing);
        trip.exit(fill, closing, fee);
        if (trip.left().isZero()) {
            closed.add(trip.finished(fill.ts()));
            open.remove(fill.instrument());
        }
        Qty rest = fill.qty().minus(closing);
        if (!rest.isZero()) {
            Money restFee = fill.fee().minus(fee);
            add(new Fill(fill.ts(), fill.instrument(), fill.side(), rest, fill.px(), restFee, fill.rate()));
        }
    }

    private static Money share(Fill fill, Qty part) {
        return new Money(fill.fee()
                .value()
                .multiply(part.value())
                .divide(fill.qty().value(), FEE_SCALE, RoundingMode.HALF_EVEN));
    }

    /** A round trip under way, in the quote currency. */
    private static final class Trip {
        private final Fill first;
        private final Side side;
        private Qty entered = Qty.ZERO;
        private Qty exited = Qty.ZERO;
        private Money entry = Money.ZERO;
        private Money exit = Money.ZERO;
        private Money fees = Money.ZERO;

        Trip(Fill first) {
            this.first = first;
            this.side = first.side();
            enter(first);
        }

        void enter(Fill fill) {
            entered = entered.plus(fill.qty());
            entry = entry.plus(fill.px().times(fill.qty()));
            fees = fees.plus(fill.fee());
        }

        void exit(Fill fill, Qty qty, Money fee) {
            exited = exited.plus(qty);
            exit = exit.plus(fill.px().times(qty));
            fees = fees.plus(fee);
        }

        Qty left() {
            return entered.minus(exited);
        }

        RoundTrip finished(long ts) {
            Money gross = side == Side.BUY ? exit.minus(entry) : entry.minus(exit);
            return new RoundTrip(
                    first.instrument(),
                    side,
                    first.ts(),
                    ts,
                    entered,
                    entry.averageOver(entered),
                    exit.averageOver(exited),
                    gross.minus(fees).scaledBy(first.rate()),
                    fees.scaledBy(first.rate()));
        }
    }
}
