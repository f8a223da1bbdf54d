package papertape.etl;

import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;
import papertape.common.value.FeedLine;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.etl.EtlTables.PartKey;
import papertape.etl.LineTables.LineAccess;
import papertape.etl.venue.VenueEvent.Access;

/**
 * Which orders the venue takes for one instrument, as the two lines of a redundant feed tell it. Each line tells changes only
 * and asks the venue at its own times, so that between the two the stricter counts: an order that a line knows the venue to
 * refuse is not taken, and a change is one change. What a line received before the other's newest word is no news.
 */
final class AccessLines {
    private final Instrument instrument;
    private final StateTable<PartKey, LineAccess> table;

    AccessLines(Instrument instrument, StateTable<PartKey, LineAccess> table) {
        this.instrument = instrument;
        this.table = table;
    }

    /** @param received when the feed received it, in microseconds */
    void tell(FeedLine line, Access access, long received) {
        LineAccess other = of(line.other());
        boolean isNews = other == null || received >= other.received();
        table.put(key(line), new LineAccess(access.state(), access.detail(), received, isNews));
    }

    /** A line has been away: what it told may be outdated. It is kept where the other knows nothing. */
    void forget(FeedLine line) {
        if (of(line.other()) != null && of(line) != null) {
            table.remove(key(line));
        }
    }

    boolean isAgreed() {
        LineAccess a = of(FeedLine.A);
        LineAccess b = of(FeedLine.B);
        return a == null || b == null || a.state() == b.state();
    }

    /** What counts; null where no line has told anything. */
    @Nullable
    Access strictest() {
        LineAccess a = of(FeedLine.A);
        LineAccess b = of(FeedLine.B);
        LineAccess strictest = a == null || (b != null && isStricter(b, a)) ? b : a;
        return strictest == null ? null : new Access(0, strictest.state(), strictest.detail());
    }

    private static boolean isStricter(LineAccess one, LineAccess other) {
        return one.isNews() != other.isNews() ? one.isNews() : rank(one.state()) > rank(other.state());
    }

    private static int rank(FeedState state) {
        return switch (state) {
            case LIVE -> 0;
            case LIMIT_ONLY -> 1;
            case POST_ONLY -> 2;
            case HALTED, STALE, GAP, RESYNC -> 3;
        };
    }

    private @Nullable LineAccess of(FeedLine line) {
        return table.get(key(line));
    }

    private PartKey key(FeedLine line) {
        return new PartKey(instrument, line.name());
    }
}
