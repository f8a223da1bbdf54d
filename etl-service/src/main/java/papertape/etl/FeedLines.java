package papertape.etl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedLine;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.etl.EtlTables.AppliedChange;
import papertape.etl.EtlTables.PendingChange;
import papertape.etl.LineTables.LineProgress;
import papertape.etl.LineTables.Lines;
import papertape.etl.venue.VenueEvent;
import papertape.etl.venue.VenueEvent.Access;
import papertape.etl.venue.VenueEvent.BookChange;
import papertape.etl.venue.VenueEvent.Print;
import papertape.etl.venue.VenueEvent.Top;

/**
 * Arbitrates between the two lines of a redundant feed, for one instrument. Whatever comes first is taken, and the other's
 * copy changes nothing. By kind of message:
 *
 * <ul>
 *   <li>Trades pass once by their id ({@link TradeFilter}). A hole that the other line may still fill is not reported before
 *       that line has gone past it.
 *   <li>Numbered book changes are applied in the order of their numbers; those behind a hole wait for the other line, until it
 *       has gone past the hole as well, is away, or {@link #PATIENCE} is over. Only then is the book broken.
 *   <li>Book updates without number: {@link BookMerge}.
 *   <li>A snapshot of a broken book is taken from either line. Of a live book an older one is ignored, and of a newer one
 *       what differs is applied, so that it heals what both had lost. A snapshot without a time says nothing of its age: with
 *       a live book and the other line present it is ignored, else it is taken. Where the other line is ahead of what was
 *       taken, or may have died before what was ignored, the line that the book came from <em>leads</em>: the other's updates
 *       are held until the leader has come as far. A leader that does not within {@link #PATIENCE} has died, and the book is
 *       broken.
 *   <li>Tops of book: only what is newer than the newest, by the venue's number.
 *   <li>What a line says of itself (stale, gap, resync) is left aside as long as the other line is present: not interrupted
 *       itself, and heard within {@link #PRESENCE}. A line that was killed says nothing, so for so long it is believed to be
 *       there. A halt is the venue's and always counts.
 *   <li>Which orders the venue takes: {@link AccessLines}.
 *   <li>Heartbeats move the time, which never goes back.
 * </ul>
 *
 * <p>All times are event times in microseconds.
 */
final class FeedLines {
    /** A line that has not been heard for so long is not waited for. */
    static final long PRESENCE = 5_000_000;
    /** How long the one line waits for the other. */
    static final long PATIENCE = 1_000_000;
    /** Updates that are held for a leader at most. */
    static final int MAX_HELD = 1_024;

    private final Instrument instrument;
    private final LineTables tables;
    private final BookMerge merge;
    private final Copies copies;
    private final AccessLines accesses;
    private LineProgress a;
    private LineProgress b;
    private FeedLine line = FeedLine.A;
    private long now;
    private long topSeq;
    private long topTs;
    private @Nullable FeedLine leader;
    private long leadsFrom;
    private long leadsUntil;
    private final List<PendingChange> held = new ArrayList<>();
    private long heldSince;
    private long holeAfter;
    private long holeSince;
    private long tradesTo;

    FeedLines(Instrument instrument, LineTables tables) {
        this.instrument = instrument;
        this.tables = tables;
        Lines saved = tables.lines.getOrDefault(instrument, Lines.NONE);
        this.a = saved.a();
        this.b = saved.b();
        this.topSeq = saved.topSeq();
        this.topTs = saved.topTs();
        this.leader = saved.leader();
        this.leadsFrom = saved.leadsFrom();
        this.leadsUntil = saved.leadsUntil();
        this.held.addAll(saved.held());
        this.heldSince = saved.heldSince();
        this.holeAfter = saved.holeAfter();
        this.holeSince = saved.holeSince();
        this.tradesTo = saved.tradesTo();
        this.merge = new BookMerge(instrument, tables.recent, saved.floor());
        this.accesses = new AccessLines(instrument, tables.access);
        this.copies = new Copies(instrument, tables.alone, saved.counts(), saved.countedTo());
    }

    void save() {
        tables.lines.put(
                instrument,
                new Lines(
                        a,
                        b,
                        topSeq,
                        topTs,
                        merge.floor(),
                        leader,
                        leadsFrom,
                        leadsUntil,
                        List.copyOf(held),
                        heldSince,
                        holeAfter,
                        holeSince,
                        tradesTo,
                        copies.countedTo(),
                        copies.counts()));
    }

    /** The line that what follows has come over. */
    void from(FeedLine current) {
        line = current;
    }

    private LineProgress of(FeedLine which) {
        return which == FeedLine.A ? a : b;
    }

    private void set(FeedLine which, LineProgress progress) {
        if (which == FeedLine.A) {
            a = progress;
        } else {
            b = progress;
        }
    }

    private boolean isOtherPresent() {
        LineProgress other = of(line.other());
        return other.heard() > 0 && !other.isInterrupted() && now - other.heard() < PRESENCE;
    }

    /** Whether a line's word about itself is to be left aside. */
    boolean isCovered(FeedState said, long ts) {
        now = ts;
        if (said == FeedState.LIVE || said == FeedState.HALTED) {
            return false;
        }
        LineProgress own = of(line);
        set(line, new LineProgress(own.heard(), own.bookTs(), own.updateId(), own.tradeId(), true));
        boolean isCovered = isOtherPresent();
        if (isCovered) {
            accesses.forget(line);
        }
        if (leader == line) {
            // what the book came from is not whole any more, so that the book is not
            lead(null, 0);
            return false;
        }
        return isCovered;
    }

    /** The line tells which orders the venue takes; returns what counts. */
    @Nullable
    Access tell(Access access, long received) {
        accesses.tell(line, access, received);
        return accesses.strictest();
    }

    /** What counts of that, now that a line was heard; null where no line has told anything. */
    @Nullable
    Access access() {
        if (!accesses.isAgreed() && !isOtherPresent()) {
            accesses.forget(line.other());
        }
        return accesses.strictest();
    }

    /** Something came from the venue. Returns whether it is to be handled; false for a top of book that is not news. */
    boolean admit(VenueEvent event, long ts) {
        now = ts;
        LineProgress own = of(line);
        if ((own.isInterrupted() || now - own.heard() >= PRESENCE) && isOtherPresent()) {
            accesses.forget(line);
        }
        long bookTs = own.bookTs();
        long updateId = own.updateId();
        long tradeId = own.tradeId();
        switch (event) {
            case BookChange change -> {
                bookTs = Math.max(bookTs, change.time());
                updateId = change.snapshot() ? updateId : Math.max(updateId, change.lastId());
            }
            case Print print -> tradeId = print.tradeId();
            default -> {}
        }
        set(line, new LineProgress(ts, bookTs, updateId, tradeId, false));
        return !(event instanceof Top top) || top.venueSeq() == 0 || isNews(top);
    }

    /** By its number; a venue that counts from the beginning again is known by the time. */
    private boolean isNews(Top top) {
        if (top.venueSeq() <= topSeq && top.time() <= topTs) {
            return false;
        }
        topSeq = top.venueSeq();
        topTs = Math.max(topTs, top.time());
        return true;
    }

    /** Counts an event by the line that it came over. */
    void count(VenueEvent event, long received) {
        copies.add(line, event, event.time() == 0 ? received : event.time(), now, false);
    }

    /** The same for a trade, of which it is known whether it was here before; one that is fetched late is no less news. */
    void count(Print print, boolean isRepeated) {
        copies.add(line, print, Long.MAX_VALUE, now, isRepeated);
    }

    /** Whether the trades before this one may still come over the other line. */
    boolean mayFillBefore(long tradeId) {
        return isOtherPresent() && of(line.other()).tradeId() < tradeId;
    }

    /** Says which trades no line has brought, once both have gone past them; null where there are none. */
    @Nullable
    String lostTrades(TradeFilter trades) {
        long to = of(line).tradeId();
        if (isOtherPresent()) {
            to = Math.min(to, of(line.other()).tradeId());
        }
        if (to <= tradesTo) {
            return null;
        }
        String lost = trades.missingBetween(tradesTo, to);
        tradesTo = to;
        return lost;
    }

    /** What has to be applied of an update without number, and of those that were held for it. */
    List<AppliedChange> place(BookChange update) {
        FeedLine leading = leader;
        if (leading != null && leading != line) {
            hold(update);
            return List.of();
        }
        List<AppliedChange> placed = new ArrayList<>(1);
        place(line, update.time(), new AppliedChange(update.bids(), update.asks()), placed);
        if (leading != null) {
            leadsFrom = leadsFrom == 0 ? update.time() : leadsFrom;
            if (update.time() >= leadsUntil) {
                release(placed);
            }
        }
        long needed = of(line).bookTs();
        if (isOtherPresent()) {
            needed = Math.min(needed, of(line.other()).bookTs());
        }
        merge.forgetBefore(needed);
        return placed;
    }

    private void place(FeedLine from, long time, AppliedChange update, List<AppliedChange> placed) {
        AppliedChange left = merge.place(from, time, update);
        if (left != null) {
            placed.add(left);
        }
    }

    private void hold(BookChange update) {
        if (held.isEmpty()) {
            heldSince = now;
            leadsUntil = Math.min(leadsUntil, update.time());
        }
        held.add(new PendingChange(0, 0, update.time(), update.bids(), update.asks()));
    }

    /** Both lines are where the book is: what was held goes in, but for what is older than the leader's first update. */
    private void release(List<AppliedChange> placed) {
        for (PendingChange each : held) {
            if (each.time() >= leadsFrom) {
                place(line.other(), each.time(), new AppliedChange(each.bids(), each.asks()), placed);
            }
        }
        lead(null, 0);
    }

    /** Whether the line that the book came from has stayed behind for too long. */
    boolean isLeaderLost() {
        return held.size() > MAX_HELD || (!held.isEmpty() && now - heldSince >= PATIENCE);
    }

    /**
     * Whether a snapshot without number is to be taken; one that is older than a live book was left out before. Decides who
     * leads from here on.
     */
    boolean takes(BookChange snapshot, boolean isBookLive) {
        LineProgress other = of(line.other());
        if (snapshot.time() == 0 && isBookLive && isOtherPresent() && leader != line) {
            if (leader == null) {
                // it has to come to the first update that follows this snapshot
                lead(line.other(), Long.MAX_VALUE);
            }
            return false;
        }
        merge.begin(snapshot.time());
        boolean isNewest = snapshot.time() > 0 && snapshot.time() >= other.bookTs();
        lead(isNewest || other.heard() == 0 ? null : line, other.bookTs());
        return true;
    }

    private void lead(@Nullable FeedLine which, long until) {
        leader = which;
        leadsFrom = 0;
        leadsUntil = until;
        held.clear();
    }

    /** The book is not to be believed: nobody leads until a snapshot has come. */
    void onBroken() {
        lead(null, 0);
        holeSince = 0;
    }

    /** Whether the numbered changes after this one have been lost by both lines, or are not to be waited for any longer. */
    boolean isLost(long updateId) {
        if (holeSince == 0 || holeAfter != updateId) {
            holeAfter = updateId;
            holeSince = Math.max(1, now);
        }
        return !isOtherPresent() || of(line.other()).updateId() > updateId || now - holeSince >= PATIENCE;
    }

    void onNoHole() {
        holeSince = 0;
    }
}
