package papertape.etl;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.stage.Outbox;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.etl.EtlTables.BookState;

/**
 * Whether an instrument's data is to be believed, from three sources: what the feed says of the connection, whether the
 * book is whole, and whether its prices make sense. Says so when it changes, and asks the feed for a fresh snapshot.
 */
final class FeedHealth {
    private final Instrument instrument;
    private BookState book = BookState.UNKNOWN;
    private FeedState said = FeedState.LIVE;
    /** Which orders the venue takes, as it said last. */
    private FeedState access = FeedState.LIVE;

    private @Nullable FeedState published;
    private long crossedSince;
    private boolean hasBadTop;
    private long requestedTs;

    FeedHealth(Instrument instrument, EtlTables.@Nullable Progress saved) {
        this.instrument = instrument;
        if (saved != null) {
            book = saved.book();
            said = saved.said();
            access = saved.access();
            published = saved.published();
            crossedSince = saved.crossedSince();
            hasBadTop = saved.hasBadTop();
            requestedTs = saved.requestedTs();
        }
    }

    EtlTables.Progress save(EventClock clock, BookFeed books) {
        return new EtlTables.Progress(
                clock.ts(),
                clock.venueTs(),
                clock.behind(),
                books.bookTs(),
                books.wholeTs(),
                books.newest(),
                books.updateId(),
                book,
                said,
                access,
                published,
                crossedSince,
                hasBadTop,
                requestedTs);
    }

    BookState book() {
        return book;
    }

    /** Whether prices are what they are said to be: also while the venue takes no orders. */
    boolean isBelieved() {
        boolean isHeard = said.isLive() || said == FeedState.HALTED;
        boolean isWhole = book == BookState.UNKNOWN || book == BookState.LIVE;
        return isHeard && isWhole && crossedSince == 0 && !hasBadTop;
    }

    boolean isCrossed() {
        return crossedSince != 0;
    }

    boolean hasBadTop() {
        return hasBadTop;
    }

    private FeedState status() {
        if (said != FeedState.LIVE) {
            return said;
        }
        return switch (book) {
            case BROKEN -> FeedState.GAP;
            case AWAITED -> FeedState.RESYNC;
            case UNKNOWN, LIVE -> crossedSince != 0 || hasBadTop ? FeedState.GAP : access;
        };
    }

    /** Something came from the venue: only a halt outlasts that, and only the feed ends it. */
    void onData() {
        if (said != FeedState.HALTED) {
            said = FeedState.LIVE;
        }
    }

    /** The feed speaks. A connection that was away may have lost book updates, which only a new snapshot makes good. */
    void onNotice(FeedState status, long ts) {
        said = status;
        boolean mayHaveLost = status != FeedState.LIVE && status != FeedState.HALTED;
        if (mayHaveLost && book != BookState.UNKNOWN) {
            book = BookState.AWAITED;
            crossedSince = 0;
            // The feed resubscribes by itself; it is asked only when that takes too long.
            requestedTs = ts;
        }
    }

    /** The venue says which orders it takes; that holds until it says otherwise. */
    void onAccess(FeedState state, String why, long ts, Outbox out) {
        if (access != state) {
            access = state;
            publish(why, ts, out);
        }
    }

    void onSnapshot() {
        book = BookState.LIVE;
        crossedSince = 0;
        requestedTs = 0;
    }

    /** The book is wrong. Says why and asks for another; not again for each message that is wrong after that. */
    void onBroken(String why, long ts, Outbox out) {
        boolean isNews = book != BookState.BROKEN;
        book = BookState.BROKEN;
        crossedSince = 0;
        if (isNews) {
            flag(why, ts, out);
            request(why, ts, out);
        } else {
            requestWhenDue(ts, out);
        }
    }

    /** Says something of the data that does not make it unbelievable: the status stays as it is. */
    void note(String what, long ts, Outbox out) {
        send(status(), what, ts, out);
    }

    /** The best bid is not below the best ask. Returns whether that has lasted too long. */
    boolean onCrossed(String prices, long ts, Outbox out) {
        if (crossedSince == 0) {
            crossedSince = Math.max(ts, 1);
            flag(prices, ts, out);
            return false;
        }
        // Event time may have been set back once since.
        crossedSince = Math.min(crossedSince, Math.max(ts, 1));
        return ts - crossedSince >= EtlRules.CROSSED_LIMIT;
    }

    void onUncrossed() {
        crossedSince = 0;
    }

    void onBadTop(String why, long ts, Outbox out) {
        if (!hasBadTop) {
            hasBadTop = true;
            flag(why, ts, out);
        }
    }

    void onGoodTop() {
        hasBadTop = false;
    }

    private void flag(String why, long ts, Outbox out) {
        send(FeedState.GAP, why, ts, out);
    }

    void publish(String detail, long ts, Outbox out) {
        FeedState status = status();
        if (status != published) {
            send(status, detail.isEmpty() ? usualDetail(status) : detail, ts, out);
        }
    }

    /** Why the venue takes fewer orders, where the news is only that the data is good again. */
    private String usualDetail(FeedState status) {
        if (said != FeedState.LIVE) {
            return "";
        }
        return switch (status) {
            case HALTED -> "the venue takes no orders";
            case LIMIT_ONLY -> "the venue takes orders with a limit only";
            case POST_ONLY -> "the venue takes post-only orders only";
            case LIVE, STALE, GAP, RESYNC -> "";
        };
    }

    private void send(FeedState status, String detail, long ts, Outbox out) {
        published = status;
        out.send(Channel.TICKS, new FeedStatus(out.header(ts), instrument, status, detail));
    }

    /** An update came for a book that is not there: asks for a snapshot, unless that was done a moment ago. */
    void requestWhenDue(long ts, Outbox out) {
        if (requestedTs == 0 || ts - requestedTs >= EtlRules.REQUEST_INTERVAL || ts < requestedTs) {
            request("no snapshot yet", ts, out);
        }
    }

    private void request(String why, long ts, Outbox out) {
        requestedTs = Math.max(ts, 1);
        out.send(Channel.CONTROL, new FeedStatus(out.header(ts), instrument, FeedState.RESYNC, why));
    }
}
