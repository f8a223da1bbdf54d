package papertape.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.config.ExecutionSettings;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.VenueSettings;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.FeedStatus;
import papertape.common.message.MarketData;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** One instrument: what is known of its market, and the liquidity an order finds in it. */
final class Market {
    /** A quote's size is stretched over at most so many ticks of slippage per look, which bounds the fills of one order. */
    static final int MAX_RUNGS = 100;

    private final InstrumentSettings settings;
    private final ExecutionSettings rules;
    private final StateTable<Instrument, MarketEntry> entries;
    private final Display display;
    private final Eaten eaten;
    private final OpenOrders open;
    private final StateTable<Instrument, TimesEntry> times;
    private final Fees fees;
    private final Session session;
    private MarketEntry known;
    private TimesEntry seen;

    Market(
            InstrumentSettings settings,
            VenueSettings venue,
            ExecutionSettings rules,
            StateTable<Instrument, MarketEntry> entries,
            StateTable<Instrument, TimesEntry> times,
            Display display,
            Eaten eaten,
            OpenOrders open) {
        this.settings = settings;
        this.rules = rules;
        this.entries = entries;
        this.times = times;
        this.display = display;
        this.eaten = eaten;
        this.open = open;
        this.fees = new Fees(venue);
        this.session = Session.endingAt(venue.sessionEndUtc());
        this.known = entries.getOrDefault(settings.name(), MarketEntry.UNKNOWN);
        this.seen = times.getOrDefault(settings.name(), TimesEntry.NONE);
    }

    InstrumentSettings settings() {
        return settings;
    }

    Display display() {
        return display;
    }

    OpenOrders open() {
        return open;
    }

    Fees fees() {
        return fees;
    }

    Session session() {
        return session;
    }

    MarketEntry known() {
        return known;
    }

    /** Event time of the newest data that orders meet. */
    long dataTs() {
        return seen.data();
    }

    /** Event time, which goes on without data as well. */
    long now() {
        return seen.now();
    }

    /** Time went on without data: orders that were due by then have entered. */
    void pass(long ts) {
        see(seen.withClock(ts));
    }

    private void see(TimesEntry now) {
        if (!now.equals(seen)) {
            seen = now;
            times.put(settings.name(), now);
        }
    }

    /** A message of the instrument's stream was lost: nothing fills until what is displayed is whole again. */
    void lose(long ts) {
        know(known.broken(ts));
    }

    /** Whether what was displayed before the loss has no more part in what is displayed after this message. */
    private boolean isWhole(MarketData data) {
        return switch (data) {
            case Book update -> update.snapshot();
            case Quote _ -> !known.bookSeen();
            case Trade _, Bar _ -> !known.displays();
            case FeedStatus _ -> false;
        };
    }

    void update(MarketData data) {
        if (known.isBroken() && isWhole(data)) {
            know(known.whole());
        }
        switch (data) {
            case Trade trade -> {
                see(seen.withData(trade.ts()));
                consume(trade);
                if (!trade.price().equals(known.lastTrade())) {
                    know(known.withTrade(trade.price()));
                }
            }
            case Book update -> apply(update);
            case Quote quote -> apply(quote);
            case Bar bar -> {
                if (Tick.usesBars(bar, known)) {
                    see(seen.withData(bar.ts()));
                    know(known.withBar(bar.close()));
                }
            }
            case FeedStatus status -> know(known.withFeed(status.status()));
        }
    }

    /**
     * A trade eats the displayed size it met before anything that it sets off does. Where the book is as new as the trade, it
     * shows that already.
     */
    private void consume(Trade trade) {
        if (!known.displays()) {
            return;
        }
        for (Side side : Side.values()) {
            Price best = display.bestPx(side);
            boolean isHit = best != null && trade.side() != side;
            if (isHit && trade.ts() <= seen.book()) {
                display.traded(new LevelKey(settings.name(), side, trade.price()), trade.qty());
            } else if (isHit
                    && !(side == Side.BUY
                            ? trade.price().isAbove(best)
                            : trade.price().isBelow(best))) {
                eaten.add(side, trade.price(), trade.qty(), trade.ts());
            }
        }
    }

    private void apply(Book update) {
        if (!known.bookSeen()) {
            // what quotes had shown is no part of the book
            display.clear();
            know(known.withBook());
        }
        see(seen.withBook(update.ts()));
        Map<LevelKey, Qty> settled = eaten.settle(update.ts(), update.snapshot(), update.bids(), update.asks());
        if (update.snapshot()) {
            display.replaceAll(update.bids(), update.asks());
        } else {
            display.setAll(update.bids(), update.asks());
        }
        settled.forEach(display::traded);
    }

    private void apply(Quote quote) {
        if (known.bookSeen()) {
            return;
        }
        if (!known.quoteSeen()) {
            know(known.withQuote());
        }
        see(seen.withBook(quote.ts()));
        Map<LevelKey, Qty> settled = eaten.settle(quote.ts(), true, List.of(), List.of());
        display.setTop(Side.BUY, quote.bidPx(), quote.bidQty());
        display.setTop(Side.SELL, quote.askPx(), quote.askQty());
        settled.forEach(display::traded);
    }

    private void know(MarketEntry entry) {
        known = entry;
        entries.put(settings.name(), entry);
    }

    /** What was last traded, else what is displayed to an order of that side: the ask to a buy (rule 10). */
    @Nullable
    Price reference(Side side) {
        if (known.lastTrade() != null) {
            return known.lastTrade();
        }
        return known.displays() ? display.bestPx(side.opposite()) : known.lastBar();
    }

    /** The best price an order of that side could trade at now; null where there is none. */
    @Nullable
    Price opposite(Side side, @Nullable Print print) {
        if (known.displays()) {
            return display.bestPx(side.opposite());
        }
        return print != null ? print.price() : reference(side);
    }

    /** As {@link #opposite}, without what trades have consumed since. */
    @Nullable
    Price oppositeLeft(Side side, @Nullable Print print) {
        return known.displays() ? display.bestLeft(side.opposite()) : opposite(side, print);
    }

    boolean crosses(Terms terms, Price limit, @Nullable Print print) {
        Price best = opposite(terms.side(), print);
        if (best == null) {
            return false;
        }
        return terms.reaches(known.displays() ? best : slipped(terms.side(), best), limit);
    }

    /** Rule 3: how far from {@code best} a market order may trade. */
    Price protection(Side side, Price best) {
        BigDecimal share = rules.protectionPercent().movePointLeft(2);
        BigDecimal distance = best.value().abs().multiply(share);
        return new Price(
                side == Side.BUY ? best.value().add(distance) : best.value().subtract(distance));
    }

    /** The queue that an order of these terms joins now. */
    Queue queueAt(Terms terms, Price limit) {
        return known.displays() ? Queue.behind(display.displayedAt(terms.side(), limit), seen.book()) : Queue.UNKNOWN;
    }

    /** A resting order's queue by what the book shows now. */
    Queue shown(LiveOrder.Resting order) {
        Qty shown = known.displays() ? display.displayedAt(order.terms().side(), order.limit()) : null;
        return shown == null ? order.queue() : order.queue().shown(shown, seen.book());
    }

    /**
     * What an order may take at once, best first.
     *
     * @param reference where only prints are known: the price that slippage is added to
     */
    List<Take> takes(Terms terms, Price bound, Qty wanted, @Nullable Print print, @Nullable Price reference) {
        if (known.bookSeen()) {
            return display.takes(terms, bound, wanted);
        }
        if (known.quoteSeen()) {
            return rungs(terms, bound, wanted);
        }
        if (print == null || reference == null) {
            return List.of();
        }
        Price px = slipped(terms.side(), reference);
        Qty qty = wanted.min(shareOf(print).minus(print.takenBy(terms.account())));
        return qty.isPositive() && terms.reaches(px, bound) ? List.of(new Take(null, px, qty)) : List.of();
    }

    /** What a resting order may take of crossing display: displayed sizes only (rule 6a). */
    List<Take> crossing(Terms terms, Price limit, Qty wanted) {
        return display.takes(terms, limit, wanted);
    }

    /** Rule 13, quotes only: the displayed size once more at each further tick. */
    private List<Take> rungs(Terms terms, Price bound, Qty wanted) {
        Map.Entry<LevelKey, LevelEntry> top = display.bestEntry(terms.side().opposite());
        if (top == null) {
            return List.of();
        }
        BigDecimal size = top.getValue().qty().value();
        BigDecimal taken = top.getValue().takenBy(terms.account()).value().add(eatenOf(top.getKey(), size));
        BigDecimal rung = taken.divideToIntegralValue(size);
        Qty room = new Qty(size.subtract(taken.subtract(rung.multiply(size))));
        BigDecimal step = terms.side() == Side.BUY
                ? settings.tick().value()
                : settings.tick().value().negate();
        BigDecimal px = top.getKey().px().value().add(rung.multiply(step));
        List<Take> takes = new ArrayList<>();
        Qty left = wanted;
        while (left.isPositive() && takes.size() < MAX_RUNGS && terms.reaches(new Price(px), bound)) {
            Qty qty = left.min(room);
            takes.add(new Take(top.getKey(), new Price(px), qty));
            left = left.minus(qty);
            room = top.getValue().qty();
            px = px.add(step);
        }
        return takes;
    }

    /** What trades have eaten of the size at the top, and of its repetitions up to where they went. */
    private BigDecimal eatenOf(LevelKey top, BigDecimal size) {
        LevelKey worst = eaten.worst(top.side());
        if (worst == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal rise = worst.px().value().subtract(top.px().value());
        BigDecimal distance = top.side() == Side.SELL ? rise : rise.negate();
        if (distance.signum() < 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal rungs = distance.divideToIntegralValue(settings.tick().value());
        return rungs.multiply(size).add(eaten.at(worst).value());
    }

    /** Rule 13, prints only: the most that one account may take of a print. */
    Qty shareOf(Print print) {
        BigDecimal share = rules.maxVolumePercent().movePointLeft(2);
        return new Qty(print.volume().value().multiply(share)).roundedDownTo(settings.lot());
    }

    private Price slipped(Side side, Price px) {
        BigDecimal slip = px.value().abs().multiply(rules.slippageBps().movePointLeft(4));
        Price moved =
                new Price(side == Side.BUY ? px.value().add(slip) : px.value().subtract(slip));
        return moved.roundedTo(settings.tick(), side == Side.BUY ? RoundingMode.CEILING : RoundingMode.FLOOR);
    }

    boolean fillsOnTradeThroughOnly() {
        return rules.restingFills().equals("trade_through");
    }
}
