package papertape.etl;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.stage.Outbox;
import papertape.common.stage.StateTable;
import papertape.common.value.FeedLine;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TradeId;
import papertape.etl.EtlTables.BookState;
import papertape.etl.EtlTables.Progress;
import papertape.etl.EtlTables.TopOfBook;
import papertape.etl.venue.FeedNotice;
import papertape.etl.venue.VenueAdapter.Path;
import papertape.etl.venue.VenueEvent;
import papertape.etl.venue.VenueEvent.Access;
import papertape.etl.venue.VenueEvent.BookChange;
import papertape.etl.venue.VenueEvent.Heartbeat;
import papertape.etl.venue.VenueEvent.Print;
import papertape.etl.venue.VenueEvent.Top;

/**
 * All of one instrument. Quotes come from the book where the venue's book carries them (Coinbase; before the first
 * snapshot, from its ticker where that tells sizes), else from the venue's own top of book (Binance, whether there is a
 * book or not). A quote is sent when the top has changed after a message, never from a broken or crossed book, and always
 * once after a resynchronisation.
 */
final class InstrumentFeed {
    private final Instrument instrument;
    private final boolean quotesFromBook;
    private final StateTable<Instrument, Progress> progress;
    private final StateTable<Instrument, TopOfBook> tops;
    private final EventClock clock;
    private final FeedHealth health;
    private final BookFeed books;
    private final TradeFilter trades;
    /** Where the venue prints the same trades one by one beside the stream of aggregates. */
    private final TradeFilter singles;

    private final BarMaker bars;
    private final MarkMaker marks;
    private final @Nullable FeedLines lines;
    private @Nullable TopOfBook top;

    /** @param lines arbitrates where the feed is redundant; absent where it is not */
    InstrumentFeed(
            Instrument instrument,
            boolean quotesFromBook,
            EtlTables tables,
            EtlRules rules,
            @Nullable FeedLines lines) {
        this.instrument = instrument;
        this.quotesFromBook = quotesFromBook;
        this.progress = tables.progress;
        this.tops = tables.tops;
        Progress saved = tables.progress.get(instrument);
        this.clock = saved == null ? new EventClock(0, 0, 0) : saved.clock();
        this.health = new FeedHealth(instrument, saved);
        this.books = new BookFeed(instrument, health, tables, rules, lines);
        this.lines = lines;
        this.trades = new TradeFilter(instrument, tables.trades, rules);
        this.singles = new TradeFilter(instrument, tables.singles, rules);
        this.bars = new BarMaker(instrument, tables, rules.intervals());
        this.marks = new MarkMaker(instrument, tables.marks, rules.markInterval());
        this.top = tables.tops.get(instrument);
    }

    boolean isOf(String venue) {
        return instrument.venue().equals(venue);
    }

    /** How far the instrument's last stamp was behind its receive time, in microseconds. */
    long lag() {
        return clock.behind();
    }

    /**
     * Time goes on without a message of the instrument.
     *
     * @param confirmed when the connection was last known to be alive
     */
    void onTime(long ts, long confirmed, Outbox out) {
        if (ts >= clock.ts()) {
            bars.onTime(ts, out);
        }
        if (health.isBelieved()) {
            marks.confirm(confirmed, ts, out);
        }
    }

    /** What follows came over this line. */
    void from(FeedLine line) {
        if (lines != null) {
            lines.from(line);
        }
    }

    void onNotice(FeedNotice notice, long received, Outbox out) {
        long ts = clock.onReceived(received);
        bars.onTime(ts, out);
        if (lines != null && lines.isCovered(notice.status(), ts)) {
            save();
            return;
        }
        health.onNotice(notice.status(), ts);
        if (notice.status() != FeedState.LIVE && notice.status() != FeedState.HALTED) {
            books.onInterruption();
            forgetTopOfLostBook();
        }
        health.publish(notice.detail(), ts, out);
        save();
    }

    /**
     * A message that was part of the book or the top of book could not be read. A line whose other line is there is left out
     * of account, as after any loss.
     */
    void onUnread(Path path, String why, long received, Outbox out) {
        long ts = received == 0 ? clock.ts() : clock.onReceived(received);
        bars.onTime(ts, out);
        if (path == Path.BOOK && (lines == null || !lines.isCovered(FeedState.GAP, ts))) {
            books.onBroken(why, ts, out);
            forgetTopOfLostBook();
        } else if (path == Path.TOP && isTopOurs()) {
            health.onBadTop(why, ts, out);
        }
        save();
    }

    void onEvent(VenueEvent event, long received, Outbox out) {
        long before = clock.ts();
        long ts = time(event, received);
        if (ts < before) {
            bars.onSetBack(out);
        }
        bars.onTime(ts, out);
        if (event instanceof Access access) {
            onAccess(lines == null ? access : lines.tell(access, received), ts, out);
            save();
            return;
        }
        health.onData();
        if (lines != null) {
            boolean isAdmitted = isAdmitted(event, received, lines, ts);
            onAccess(lines.access(), ts, out);
            if (!isAdmitted) {
                health.publish("", ts, out);
                save();
                return;
            }
        }
        switch (event) {
            case BookChange change -> onBookChange(change, ts, out);
            case Print print -> onPrint(print, ts, out);
            case Top best -> onTop(best, ts, out);
            case Heartbeat beat -> health.publish("", ts, out);
            case Access access -> throw new IllegalStateException("handled above: " + access);
        }
        mark(event, ts, out);
        save();
    }

    /** It may come by other ways than the instrument's stream, so that it is no sign of that stream's life, nor a price. */
    private void onAccess(@Nullable Access access, long ts, Outbox out) {
        if (access != null) {
            health.onAccess(access.state(), access.detail(), ts, out);
        }
    }

    private static boolean isAdmitted(VenueEvent event, long received, FeedLines lines, long ts) {
        boolean isAdmitted = lines.admit(event, ts);
        if (!(event instanceof Print)) {
            lines.count(event, received);
        }
        return isAdmitted;
    }

    private long time(VenueEvent event, long received) {
        if (event.time() == 0) {
            return clock.onReceived(received);
        }
        return switch (event) {
            case BookChange change -> clock.onVenueNow(change.time(), received);
            case Heartbeat beat -> clock.onVenueNow(beat.time(), received);
            case Access access -> clock.onVenueNow(access.time(), received);
            case Print print -> clock.onPast(print.time());
            case Top best -> clock.onPast(best.time());
        };
    }

    private void onBookChange(BookChange change, long ts, Outbox out) {
        for (String row : change.leftOut()) {
            out.deadLetter("left out of the snapshot: " + row);
        }
        books.onChange(change, ts, out);
        if (health.book() == BookState.LIVE) {
            checkCrossed(ts, out);
        }
        books.flush(ts, out);
        forgetTopOfLostBook();
        health.publish(detail(change), ts, out);
        if (quotesFromBook && isTopBelieved()) {
            Level bid = books.book().best(Side.BUY);
            Level ask = books.book().best(Side.SELL);
            quote(bid, ask, books.updateId(), ts, out);
        }
    }

    private String detail(BookChange change) {
        if (health.book() == BookState.AWAITED) {
            return "a snapshot is awaited";
        }
        return change.leftOut().isEmpty() ? "" : change.leftOut().size() + " rows of the snapshot are left out";
    }

    private void checkCrossed(long ts, Outbox out) {
        Level bid = books.book().best(Side.BUY);
        Level ask = books.book().best(Side.SELL);
        if (bid == null || ask == null || !books.book().isCrossed()) {
            health.onUncrossed();
            return;
        }
        String prices = "crossed book: bid " + bid.px() + ", ask " + ask.px();
        if (health.onCrossed(prices, ts, out)) {
            books.onBroken(prices + ", for longer than a moment", ts, out);
        }
    }

    /** So that the first quote after a resynchronisation is sent even when it is the same as the last before. */
    private void forgetTopOfLostBook() {
        boolean isLost = health.book() == BookState.BROKEN || health.book() == BookState.AWAITED;
        if (quotesFromBook && isLost && top != null) {
            top = null;
            tops.remove(instrument);
        }
    }

    /** A trade that is later than other news keeps its own time: an order that came in between does not see it. */
    private void onPrint(Print print, long ts, Outbox out) {
        health.publish("", ts, out);
        TradeFilter.Verdict verdict = judge(print, ts, out);
        if (verdict.flaw() != null) {
            health.note(verdict.flaw(), ts, out);
        }
        if (!verdict.passes()) {
            return;
        }
        long own = print.time() == 0 ? ts : print.time();
        bars.onTrade(print, own, ts);
        out.send(
                Channel.TICKS,
                new Trade(
                        out.header(own),
                        instrument,
                        print.price(),
                        print.qty(),
                        print.side(),
                        TradeId.of(Long.toString(print.tradeId())),
                        print.venueSeq()));
    }

    private TradeFilter.Verdict judge(Print print, long ts, Outbox out) {
        TradeFilter stream = print.isSingle() ? singles : trades;
        TradeFilter other = print.isSingle() ? trades : singles;
        if (lines == null) {
            return stream.judge(print, other);
        }
        TradeFilter.Verdict verdict = stream.judge(print, other, lines.mayFillBefore(print.tradeId()));
        lines.count(print, verdict.equals(TradeFilter.Verdict.DUPLICATE));
        String lost = print.isSingle() ? null : lines.lostTrades(trades);
        if (lost != null && verdict.flaw() == null) {
            health.note(lost, ts, out);
        }
        return verdict;
    }

    private void onTop(Top best, long ts, Outbox out) {
        boolean isOurs = isTopOurs();
        boolean isOutdated = top != null && best.venueSeq() < top.venueSeq();
        if (isOurs && !isOutdated) {
            String flaw = flaw(best);
            if (flaw == null) {
                health.onGoodTop();
            } else {
                health.onBadTop(flaw, ts, out);
            }
        }
        health.publish("", ts, out);
        if (isOurs && !isOutdated && !health.hasBadTop() && hasSizes(best)) {
            quote(level(best.bidPx(), best.bidQty()), level(best.askPx(), best.askQty()), best.venueSeq(), ts, out);
        }
    }

    private boolean isTopOurs() {
        return !quotesFromBook || health.book() == BookState.UNKNOWN;
    }

    private static @Nullable String flaw(Top best) {
        String bid = flaw("bid", best.bidPx(), best.bidQty());
        String ask = flaw("ask", best.askPx(), best.askQty());
        if (bid != null || ask != null) {
            return bid != null ? bid : ask;
        }
        boolean isCrossed =
                best.bidPx() != null && best.askPx() != null && !best.bidPx().isBelow(best.askPx());
        return isCrossed ? "crossed top of book: bid " + best.bidPx() + ", ask " + best.askPx() : null;
    }

    private static @Nullable String flaw(String name, @Nullable Price px, @Nullable Qty qty) {
        boolean isAbsurd = (px != null && !px.isPositive()) || (qty != null && qty.signum() < 0);
        return isAbsurd ? name + " of " + qty + " at " + px : null;
    }

    /** A price of unknown size makes no quote: any size we might invent would fill orders. */
    private static boolean hasSizes(Top best) {
        return (best.bidPx() == null) == (best.bidQty() == null) && (best.askPx() == null) == (best.askQty() == null);
    }

    private static @Nullable Level level(@Nullable Price px, @Nullable Qty qty) {
        return px == null || qty == null || qty.isZero() ? null : new Level(px, qty);
    }

    private void quote(@Nullable Level bid, @Nullable Level ask, long venueSeq, long ts, Outbox out) {
        TopOfBook before = top;
        if (before == null ? bid == null && ask == null : isSame(before, bid, ask)) {
            return;
        }
        TopOfBook now = TopOfBook.of(bid, ask, venueSeq);
        top = now;
        tops.put(instrument, now);
        out.send(
                Channel.TICKS,
                new Quote(out.header(ts), instrument, now.bidPx(), now.bidQty(), now.askPx(), now.askQty(), venueSeq));
    }

    private static boolean isSame(TopOfBook top, @Nullable Level bid, @Nullable Level ask) {
        return isSame(top.bidPx(), top.bidQty(), bid) && isSame(top.askPx(), top.askQty(), ask);
    }

    private static boolean isSame(@Nullable Price px, @Nullable Qty qty, @Nullable Level level) {
        return level == null ? px == null : level.px().equals(px) && level.qty().equals(qty);
    }

    private boolean isTopBelieved() {
        return quotesFromBook && health.book() != BookState.UNKNOWN
                ? health.book() == BookState.LIVE && !health.isCrossed()
                : !health.hasBadTop();
    }

    /** The middle of the quote; where there is none, the last trade. */
    private void mark(VenueEvent event, long ts, Outbox out) {
        if (!marks.isDue(ts)) {
            return;
        }
        TopOfBook quote = top;
        if (quote != null && quote.bidPx() != null && quote.askPx() != null && isTopBelieved()) {
            marks.send(Price.mid(quote.bidPx(), quote.askPx()), "mid", ts, out);
        } else if (event instanceof Top best && isMidKnown(best)) {
            marks.send(Price.mid(best.bidPx(), best.askPx()), "mid", ts, out);
        } else if (event instanceof Print || isWithoutQuotes()) {
            Price last = lastPrice();
            if (last != null) {
                marks.send(last, "trade", ts, out);
            }
        }
    }

    private @Nullable Price lastPrice() {
        return singles.lastTs() > trades.lastTs() ? singles.lastPrice() : trades.lastPrice();
    }

    private boolean isMidKnown(Top best) {
        return isWithoutQuotes() && !health.hasBadTop() && best.bidPx() != null && best.askPx() != null;
    }

    private boolean isWithoutQuotes() {
        return top == null && health.book() == BookState.UNKNOWN;
    }

    private void save() {
        progress.put(instrument, health.save(clock, books));
        if (lines != null) {
            lines.save();
        }
    }
}
