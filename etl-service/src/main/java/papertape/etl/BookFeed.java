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
 * Keeps one instrument's book in step with the venue. What is to be published of it waits for {@link #flush}, so that a
 * book which is found to be wrong is told to be so before anything of it is seen.
 *
 * <p>Numbered changes (Binance) follow each other without a hole; the first after a snapshot may overlap it. Coinbase's
 * have no number: their loss shows only when the feed says so, or in a book that is crossed for more than a moment. Sizes
 * are absolute, so applying a change twice does no harm, but an old one must not undo a newer one: one of the newest time
 * that has been applied before is skipped (one event may change a level several times). One that is older than the newest
 * applied, is not known again ({@link RecentChanges}) and would change the book breaks it: it came late. Without a time, changes
 * are applied in the order of their coming. Two lines are merged as {@link
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
    private final List<Unsent> unsent = new ArrayList<>();
    private final RecentChanges recent = new RecentChanges();
    private long bookTs;
    /** What is older is part of the snapshot that the book came from. */
    private long wholeTs;

    private long updateId;
    /** What was applied at {@link #bookTs}, where changes are not numbered. */
    private List<AppliedChange> newest = List.of();

    private record Unsent(boolean isSnapshot, List<Level> bids, List<Level> asks, long updateId) {}

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
            wholeTs = saved.wholeTs();
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

    long wholeTs() {
        return wholeTs;
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
        unsent.clear();
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
        } else if (change.time() > 0 && change.time() < bookTs) {
            onLate(change, ts, out);
            return;
        } else if (!isNew(change)) {
            return;
        }
        apply(change.bids(), change.asks(), change.lastId(), change.time());
        if (lines != null) {
            applyPending(lines);
        }
    }

    /** What waited for the other line to fill the hole before it. */
    private void applyPending(FeedLines lines) {
        for (PendingChange next = pending.pollAfter(updateId); next != null; next = pending.pollAfter(updateId)) {
            if (next.lastId() > updateId) {
                apply(next.bids(), next.asks(), next.lastId(), next.time());
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
            apply(each.bids(), each.asks(), 0, change.time());
        }
    }

    /** It came behind a newer one: nothing happens where the book is as it says already. */
    private void onLate(BookChange change, long ts, Outbox out) {
        boolean isKnown = change.time() < wholeTs || recent.contains(change);
        if (!isKnown && (book.isChangedBy(Side.BUY, change.bids()) || book.isChangedBy(Side.SELL, change.asks()))) {
            long late = bookTs - change.time();
            onBroken("a book change came " + late + " microseconds behind a newer one", ts, out);
        }
    }

    /** Whether an update without a number is not the same again as one of the newest time; remembers it. */
    private boolean isNew(BookChange change) {
        if (change.time() == 0) {
            // nothing tells a repetition from a change back and forth
            return true;
        }
        recent.add(change);
        AppliedChange applied = new AppliedChange(change.bids(), change.asks());
        if (change.time() > bookTs || newest.isEmpty()) {
            newest = List.of(applied);
            return true;
        }
        if (newest.contains(applied)) {
            return false;
        }
        int from = newest.size() == MAX_SAME_TIME ? 1 : 0;
        List<AppliedChange> more = new ArrayList<>(newest.subList(from, newest.size()));
        more.add(applied);
        newest = List.copyOf(more);
        return true;
    }

    private void apply(List<Level> bids, List<Level> asks, long lastId, long time) {
        List<Level> newBids = book.apply(Side.BUY, bids);
        List<Level> newAsks = book.apply(Side.SELL, asks);
        updateId = lastId;
        bookTs = Math.max(bookTs, time);
        if (bidView != null && askView != null) {
            newBids = bidView.changes(book, newBids);
            newAsks = askView.changes(book, newAsks);
        }
        if (!newBids.isEmpty() || !newAsks.isEmpty()) {
            unsent.add(new Unsent(false, newBids, newAsks, updateId));
        }
    }

    private void onSnapshot(BookChange snapshot, long ts, Outbox out) {
        if (isOutdated(snapshot)) {
            publishWhole();
            return;
        }
        boolean isLive = health.book() == BookState.LIVE;
        if (lines != null && snapshot.lastId() == 0 && !lines.takes(snapshot, isLive)) {
            if (isLive) {
                publishWhole();
            }
            return;
        }
        if (lines != null && isLive) {
            onOtherSnapshot(snapshot, lines);
            publishWhole();
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
        wholeTs = bookTs;
        if (bidView != null && askView != null) {
            unsent.add(new Unsent(true, bidView.refresh(book), askView.refresh(book), updateId));
        } else {
            unsent.add(new Unsent(true, snapshot.bids(), snapshot.asks(), updateId));
        }
        if (lines != null) {
            applyPending(lines);
            return;
        }
        for (PendingChange next = pending.poll(); next != null; next = pending.poll()) {
            if (next.lastId() > updateId) {
                apply(next.bids(), next.asks(), next.lastId(), next.time());
            }
        }
    }

    /** A snapshot that is not older than the book we have: what differs is passed on like any change. */
    private void onOtherSnapshot(BookChange snapshot, FeedLines lines) {
        List<Level> bids = new ArrayList<>(book.without(Side.BUY, snapshot.bids()));
        List<Level> asks = new ArrayList<>(book.without(Side.SELL, snapshot.asks()));
        bids.addAll(snapshot.bids());
        asks.addAll(snapshot.asks());
        apply(bids, asks, snapshot.lastId(), snapshot.time());
        applyPending(lines);
    }

    /** A snapshot may have been asked for by a stage that lost a change: where ours is newer, that stage gets ours. */
    private void publishWhole() {
        boolean isCut = bidView != null && askView != null;
        List<Level> bids = isCut ? bidView.refresh(book) : book.top(Side.BUY, Integer.MAX_VALUE);
        List<Level> asks = isCut ? askView.refresh(book) : book.top(Side.SELL, Integer.MAX_VALUE);
        unsent.add(new Unsent(true, bids, asks, updateId));
    }

    /** A whole book that is older than the one we have. */
    private boolean isOutdated(BookChange snapshot) {
        if (health.book() != BookState.LIVE) {
            return false;
        }
        return snapshot.lastId() > 0 ? snapshot.lastId() < updateId : snapshot.time() > 0 && snapshot.time() < bookTs;
    }

    /** Publishes what has been applied. */
    void flush(long ts, Outbox out) {
        for (int i = 0; i < unsent.size(); i++) {
            Unsent each = unsent.get(i);
            out.send(
                    Channel.TICKS,
                    new Book(out.header(ts), instrument, each.isSnapshot, each.bids, each.asks, each.updateId));
        }
        unsent.clear();
    }
}
