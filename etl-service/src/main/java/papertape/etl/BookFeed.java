package papertape.etl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Side;
import papertape.etl.EtlTables.AppliedChange;
import papertape.etl.EtlTables.BookState;
import papertape.etl.EtlTables.PendingChange;
import papertape.etl.venue.VenueEvent.BookChange;

/**
 * Keeps one instrument's book in step with the venue and passes its changes on.
 *
 * <p>Numbered changes (Binance) follow each other without a hole; the first after a snapshot may overlap it. Coinbase's
 * have no number: their loss shows only when the feed says so, or in a book that is crossed for more than a moment. Sizes
 * are absolute, so applying a change twice does no harm, but an old one must not undo a newer one: a change whose venue
 * time is older than the newest applied is skipped (a connection delivers them in order of time), and so is one of that
 * same time that has been applied before (one event may change a level several times). Two lines are merged as {@link
 * FeedLines} says.
 */
final class BookFeed {
    /** Changes of one and the same venue time that are remembered. */
    private static final int MAX_SAME_TIME = 64;

    private final Instrument instrument;
    private final FeedHealth health;
    private final OrderBook book;
    private final PendingChanges pending;
    private final @Nullable FeedLines lines;
    private final @Nullable DepthView bidView;
    private final @Nullable DepthView askView;
    private long bookTs;
    private long updateId;
    /** What was applied at {@link #bookTs}, where changes are not numbered. */
    private List<AppliedChange> newest = List.of();

    /** @param lines where the feed is redundant */
    BookFeed(Instrument instrument, FeedHealth health, EtlTables tables, EtlRules rules, @Nullable FeedLines lines) {
        this.instrument = instrument;
        this.health = health;
        this.book = new OrderBook(instrument, tables.levels);
        this.pending = new PendingChanges(instrument, tables.pending, lines != null);
        this.lines = lines;
        this.bidView = rules.depth() == 0 ? null : new DepthView(book, Side.BUY, rules.depth());
        this.askView = rules.depth() == 0 ? null : new DepthView(book, Side.SELL, rules.depth());
        EtlTables.Progress saved = tables.progress.get(instrument);
        if (saved != null) {
            bookTs = saved.bookTs();
            updateId = saved.updateId();
            newest = saved.newest();
        }
    }

    OrderBook book() {
        return book;
    }

    long bookTs() {
        return bookTs;
    }

    long updateId() {
        return updateId;
    }

    List<AppliedChange> newest() {
        return newest;
    }

    void onChange(BookChange change, long ts, Outbox out) {
        String absurd = absurdity(change);
        if (absurd != null) {
            onBroken(absurd, ts, out);
        } else if (change.snapshot()) {
            onSnapshot(change, ts, out);
        } else if (health.book() != BookState.LIVE) {
            onOrphan(change, ts, out);
        } else {
            onUpdate(change, ts, out);
        }
    }

    void onBroken(String why, long ts, Outbox out) {
        pending.clear();
        if (lines != null) {
            lines.onBroken();
        }
        health.onBroken(why, ts, out);
    }

    /** Changes may be missing between those that wait and those to come. */
    void onInterruption() {
        pending.clear();
    }

    private static @Nullable String absurdity(BookChange change) {
        String bid = absurdity(change.bids(), "bid");
        return bid != null ? bid : absurdity(change.asks(), "ask");
    }

    private static @Nullable String absurdity(List<Level> levels, String name) {
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (!level.px().isPositive() || level.qty().signum() < 0) {
                return name + " of " + level.qty() + " at " + level.px();
            }
        }
        return null;
    }

    /** A change without a book to apply it to. */
    private void onOrphan(BookChange change, long ts, Outbox out) {
        if (change.lastId() > 0) {
            pending.add(change);
        }
        health.requestWhenDue(ts, out);
    }

    private void onUpdate(BookChange change, long ts, Outbox out) {
        if (change.lastId() > 0) {
            if (change.lastId() <= updateId) {
                return;
            }
            if (change.firstId() > updateId + 1) {
                if (lines != null && !lines.isLost(updateId)) {
                    pending.add(change);
                    return;
                }
                onBroken(
                        "book changes " + (updateId + 1) + ".." + (pending.firstId(change.firstId()) - 1) + " missing",
                        ts,
                        out);
                pending.add(change);
                return;
            }
        } else if (lines != null) {
            onMerged(change, lines, ts, out);
            return;
        } else if (!isNew(change)) {
            return;
        }
        apply(change.bids(), change.asks(), change.lastId(), change.time(), ts, out);
        if (lines != null) {
            applyPending(lines, ts, out);
        }
    }

    /** What waited for the other line to fill the hole before it. */
    private void applyPending(FeedLines lines, long ts, Outbox out) {
        for (PendingChange next = pending.pollAfter(updateId); next != null; next = pending.pollAfter(updateId)) {
            if (next.lastId() > updateId) {
                apply(next.bids(), next.asks(), next.lastId(), next.time(), ts, out);
            }
        }
        if (pending.isEmpty()) {
            lines.onNoHole();
        }
    }

    private void onMerged(BookChange change, FeedLines lines, long ts, Outbox out) {
        List<AppliedChange> placed = lines.place(change);
        if (lines.isLeaderLost()) {
            onBroken("the line that the book came from does not go on", ts, out);
            return;
        }
        for (AppliedChange each : placed) {
            apply(each.bids(), each.asks(), 0, change.time(), ts, out);
        }
    }

    /** Whether an update without a number is not older than the newest, nor the same again; remembers it. */
    private boolean isNew(BookChange change) {
        if (change.time() < bookTs) {
            return false;
        }
        AppliedChange applied = new AppliedChange(change.bids(), change.asks());
        if (change.time() > bookTs || newest.isEmpty()) {
            newest = List.of(applied);
            return true;
        }
        // Without a time nothing tells a repetition from a change back and forth.
        if (change.time() > 0 && newest.contains(applied)) {
            return false;
        }
        int from = newest.size() == MAX_SAME_TIME ? 1 : 0;
        List<AppliedChange> more = new ArrayList<>(newest.subList(from, newest.size()));
        more.add(applied);
        newest = List.copyOf(more);
        return true;
    }

    private void apply(List<Level> bids, List<Level> asks, long lastId, long time, long ts, Outbox out) {
        List<Level> newBids = book.apply(Side.BUY, bids);
        List<Level> newAsks = book.apply(Side.SELL, asks);
        updateId = lastId;
        bookTs = Math.max(bookTs, time);
        if (bidView != null && askView != null) {
            newBids = bidView.changes(book, newBids);
            newAsks = askView.changes(book, newAsks);
        }
        if (!newBids.isEmpty() || !newAsks.isEmpty()) {
            send(false, newBids, newAsks, ts, out);
        }
    }

    private void onSnapshot(BookChange snapshot, long ts, Outbox out) {
        if (isOutdated(snapshot)) {
            return;
        }
        boolean isLive = health.book() == BookState.LIVE;
        if (lines != null && snapshot.lastId() == 0 && !lines.takes(snapshot, isLive)) {
            return;
        }
        if (lines != null && isLive) {
            onOtherSnapshot(snapshot, lines, ts, out);
            return;
        }
        if (!pending.isContinuing(snapshot.lastId())) {
            health.requestWhenDue(ts, out);
            return;
        }
        book.replace(snapshot.bids(), snapshot.asks());
        health.onSnapshot();
        newest = List.of();
        updateId = snapshot.lastId();
        // of two lines the slower one's snapshot may be older than what was there before the book broke
        bookTs = lines == null ? Math.max(bookTs, snapshot.time()) : snapshot.time();
        if (bidView != null && askView != null) {
            send(true, bidView.refresh(book), askView.refresh(book), ts, out);
        } else {
            send(true, snapshot.bids(), snapshot.asks(), ts, out);
        }
        if (lines != null) {
            applyPending(lines, ts, out);
            return;
        }
        for (PendingChange next = pending.poll(); next != null; next = pending.poll()) {
            if (next.lastId() > updateId) {
                apply(next.bids(), next.asks(), next.lastId(), next.time(), ts, out);
            }
        }
    }

    /** A snapshot that is not older than the book we have: what differs is passed on like any change. */
    private void onOtherSnapshot(BookChange snapshot, FeedLines lines, long ts, Outbox out) {
        List<Level> bids = new ArrayList<>(book.without(Side.BUY, snapshot.bids()));
        List<Level> asks = new ArrayList<>(book.without(Side.SELL, snapshot.asks()));
        bids.addAll(snapshot.bids());
        asks.addAll(snapshot.asks());
        apply(bids, asks, snapshot.lastId(), snapshot.time(), ts, out);
        applyPending(lines, ts, out);
    }

    /** A whole book that is older than the one we have. */
    private boolean isOutdated(BookChange snapshot) {
        if (health.book() != BookState.LIVE) {
            return false;
        }
        return snapshot.lastId() > 0 ? snapshot.lastId() < updateId : snapshot.time() > 0 && snapshot.time() < bookTs;
    }

    private void send(boolean isSnapshot, List<Level> bids, List<Level> asks, long ts, Outbox out) {
        out.send(Channel.TICKS, new Book(out.header(ts), instrument, isSnapshot, bids, asks, updateId));
    }
}
