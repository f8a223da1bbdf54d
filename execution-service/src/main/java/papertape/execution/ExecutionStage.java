package papertape.execution;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.ExecutionSettings;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.VenueSettings;
import papertape.common.message.Account;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.FeedStatus;
import papertape.common.message.Mark;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.NewOrder;
import papertape.common.message.OrderRequest;
import papertape.common.message.Pnl;
import papertape.common.message.Raw;
import papertape.common.message.ReplaceOrder;
import papertape.common.message.Signal;
import papertape.common.order.Bracket;
import papertape.common.stage.Outbox;
import papertape.common.stage.Skipped;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateTable;
import papertape.common.value.ExecType;
import papertape.common.value.Instrument;

/**
 * The simulated venue for the instruments of one partition: section 1 of the trading rules. Market data is handled in this
 * order: the market is brought up to date; requests that were due take effect; orders whose time is over end; orders that
 * are there meet the data; orders whose latency is over enter and meet the market as it stands.
 */
public final class ExecutionStage implements Stage {
    private static final VenueSettings UNLISTED_VENUE = new VenueSettings(
            "*",
            BigDecimal.TEN,
            BigDecimal.TEN,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            "00:00",
            BigDecimal.TEN);

    /** By name, so that what concerns all of them is done in one order everywhere. */
    private final Map<Instrument, Market> markets = new TreeMap<>();

    private final Losses losses = new Losses(markets);
    private final Reports reports = new Reports();
    private final Orders orders;
    private final Counts counts;
    private final Lifecycle life;
    private final Containment guard;
    private final Matching matching;
    private final Entry entry;
    private final Requests requests;
    private final long insertLatency;

    public ExecutionStage(Config config, StageContext context) {
        ExecutionSettings rules = config.execution();
        Tables state = new Tables(context.state());
        this.orders = new Orders(state);
        this.counts = new Counts(orders.counters());
        this.life = new Lifecycle(orders, new Positions(state), reports);
        this.guard = new Containment(state, orders, life, reports, counts);
        this.matching = new Matching(orders, life, guard);
        this.entry = new Entry(orders, life, matching, guard);
        this.requests = new Requests(
                orders,
                life,
                reports,
                counts,
                guard,
                micros(rules.cancelLatencyMs()),
                micros(rules.replaceLatencyMs()));
        this.insertLatency = micros(rules.insertLatencyMs());
        openMarkets(config, context, state);
    }

    private void openMarkets(Config config, StageContext context, Tables state) {
        StateTable<Instrument, MarketEntry> known = state.table("markets", Instrument::of, MarketEntry.class);
        StateTable<Instrument, TimesEntry> times = state.table("times", Instrument::of, TimesEntry.class);
        StateTable<LevelKey, LevelEntry> levels = state.table("levels", LevelKey::parse, LevelEntry.class);
        StateTable<LevelKey, EatenEntry> eaten = state.table("eaten", LevelKey::parse, EatenEntry.class);
        for (InstrumentSettings settings : config.instruments()) {
            Instrument instrument = settings.name();
            if (context.owns(instrument.name())) {
                Eaten gone = new Eaten(instrument, eaten);
                Display display = new Display(instrument, levels, gone);
                VenueSettings venue = venue(config.venues(), instrument.venue());
                markets.put(
                        instrument,
                        new Market(
                                settings,
                                venue,
                                config.execution(),
                                known,
                                times,
                                display,
                                gone,
                                orders.of(instrument)));
            }
        }
    }

    private static VenueSettings venue(List<VenueSettings> venues, String name) {
        for (VenueSettings venue : venues) {
            if (venue.name().equals(name)) {
                return venue;
            }
        }
        return UNLISTED_VENUE;
    }

    private static long micros(int millis) {
        return millis * 1_000L;
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        guard.meeting(null);
        switch (message) {
            case FeedStatus status -> onFeedStatus(status, out);
            case MarketData data -> onMarketData(data, out);
            case Clock clock -> onClock(clock, out);
            case NewOrder order -> onNewOrder(order, out);
            case CancelOrder cancel -> {
                reports.at(out, cancel.ts());
                guard.handle(keyOf(cancel), () -> requests.onCancel(markets.get(cancel.instrument()), cancel));
            }
            case ReplaceOrder replace -> {
                reports.at(out, replace.ts());
                guard.handle(keyOf(replace), () -> requests.onReplace(markets.get(replace.instrument()), replace));
            }
            case Raw _, Mark _, Signal _, Execution _, Account _, Pnl _, DeadLetter _ ->
                throw new IllegalArgumentException("not an input of execution: " + message);
        }
    }

    @Override
    public SortedMap<String, Long> counters() {
        return counts.all();
    }

    private void onMarketData(MarketData data, Outbox out) {
        Market market = markets.get(data.instrument());
        if (market == null) {
            return;
        }
        market.update(data);
        losses.askWhenDue(market, data.ts(), out);
        if (market.open().isEmpty()) {
            return;
        }
        Tick tick = Tick.of(data, market.known());
        if (tick != null) {
            reports.at(out, tick.until());
            guard.meeting(tick.print());
            handle(market, tick, data);
        }
    }

    private void handle(Market market, Tick tick, MarketData data) {
        List<OrderKey> reentered = requests.applyDue(market, tick);
        expire(market, tick.until());
        if (market.known().isMatching()) {
            matching.match(market, tick, data);
            enterAnew(market, tick, reentered);
        }
        entry.enterDue(market, tick);
        enterAnew(market, tick, requests.applyDue(market, tick));
    }

    /**
     * Time goes on without market data: what was due takes effect, orders whose time is over end, and orders whose latency is
     * over enter and meet the market as it stands. Then the time goes on to the accounts' stages.
     */
    private void onClock(Clock clock, Outbox out) {
        Tick tick = new Tick(clock.ts(), clock.ts(), null);
        for (Market market : markets.values()) {
            if (!market.settings().name().venue().equals(clock.venue())) {
                continue;
            }
            market.pass(clock.ts());
            losses.askWhenDue(market, clock.ts(), out);
            if (!market.open().isEmpty()) {
                reports.at(out, clock.ts());
                enterAnew(market, tick, requests.applyDue(market, tick));
                expire(market, clock.ts());
                entry.enterDue(market, tick);
                enterAnew(market, tick, requests.applyDue(market, tick));
                requests.cancelWaiting(market, tick);
            }
        }
        out.send(Channel.EXECUTIONS, new Clock(out.header(clock.ts()), clock.venue(), clock.confirmed()));
    }

    private void enterAnew(Market market, Tick tick, List<OrderKey> reentered) {
        if (!market.known().isMatching()) {
            return;
        }
        guard.each(reentered, key -> {
            if (orders.live(key) instanceof LiveOrder.Seeking order) {
                matching.sweep(
                        market,
                        order,
                        tick,
                        tick.print() == null ? null : tick.print().price());
            }
        });
    }

    private void onFeedStatus(FeedStatus status, Outbox out) {
        Market market = markets.get(status.instrument());
        if (market == null) {
            return;
        }
        market.update(status);
        reports.at(out, status.ts());
        expire(market, status.ts());
        if (market.known().isLive()) {
            matching.capAll(market);
        } else {
            stopTrading(market, status.ts());
        }
    }

    private void stopTrading(Market market, long ts) {
        requests.settleCancels(market);
        entry.refuseDue(market, ts);
    }

    /** A tick that is a dead letter leaves a hole in what is known of its instrument. */
    @Override
    public void onSkipped(Skipped skipped, Outbox out) {
        if (skipped.channel() == Channel.APPROVED) {
            onLostRequest(skipped, out);
        }
        for (Market market : losses.touchedBy(skipped)) {
            long ts = Math.max(
                    market.now(),
                    skipped.message() == null ? 0 : skipped.message().ts());
            losses.ask(market, ts, skipped.reason(), out);
            reports.at(out, ts);
            stopTrading(market, ts);
        }
    }

    /**
     * A request that became a dead letter is answered as far as its text tells which order it was about: the risk service
     * otherwise holds what it has reserved for it, for ever.
     */
    private void onLostRequest(Skipped lost, Outbox out) {
        Skipped.OrderName order = lost.order();
        Instrument instrument = lost.instrument();
        if (order == null || instrument == null) {
            counts.unreadable();
            return;
        }
        reports.at(
                out, Math.max(now(), lost.message() == null ? 0 : lost.message().ts()));
        OrderKey key = new OrderKey(order.account(), order.orderId());
        String text = "request could not be read: " + Containment.brief(lost.reason());
        LiveOrder live = orders.live(key);
        if (live != null) {
            reports.event(live, ExecType.CANCEL_REJECTED, text);
            return;
        }
        FinishedEntry finished = orders.finished(key);
        reports.noSuchOrder(
                key, instrument, finished, finished == null ? ExecType.REJECTED : ExecType.CANCEL_REJECTED, text);
    }

    /** The latest event time of the partition. */
    private long now() {
        return markets.values().stream().mapToLong(Market::now).max().orElse(0);
    }

    private void expire(Market market, long ts) {
        guard.each(market.open().endedBy(ts), key -> {
            LiveOrder order = orders.live(key);
            switch (order) {
                case null -> {}
                case LiveOrder.Pending pending -> life.refuse(pending, "rule=11 over before it arrived");
                case LiveOrder some ->
                    life.expire(some, "rule=11 end=" + some.terms().endTs());
            }
        });
    }

    private static OrderKey keyOf(OrderRequest request) {
        return new OrderKey(request.account(), request.orderId());
    }

    private void onNewOrder(NewOrder order, Outbox out) {
        reports.at(out, order.ts());
        RuntimeException failure = guard.attempt(() -> take(order));
        if (failure != null) {
            LiveOrder.Pending pending =
                    new LiveOrder.Pending(Terms.of(order, null, null), orders.nextSeq(), order.ts() + insertLatency);
            life.rejectOnArrival(pending, Containment.text(failure));
            guard.failed(pending.key(), failure);
        }
    }

    private void take(NewOrder order) {
        Market market = markets.get(order.instrument());
        if (isDuplicate(order)) {
            return;
        }
        long visibleAfter = order.ts() + insertLatency;
        Long endTs = market == null ? null : endOf(order, market);
        LiveOrder.Pending pending = new LiveOrder.Pending(
                Terms.of(order, endTs, counts.lateBy(market, visibleAfter)), orders.nextSeq(), visibleAfter);
        String refusal = market == null ? "unknown instrument" : refusal(market, order, pending.terms());
        if (refusal == null) {
            orders.put(pending);
            for (NewOrder exit : Bracket.exits(order)) {
                orders.put(new LiveOrder.Held(Terms.of(exit, null, null), orders.nextSeq(), visibleAfter));
            }
        } else {
            life.rejectOnArrival(pending, refusal);
        }
    }

    /** A second order of the same name is refused; the report bears the status of the first, which is as it was. */
    private boolean isDuplicate(NewOrder order) {
        OrderKey key = new OrderKey(order.account(), order.orderId());
        LiveOrder first = orders.live(key);
        FinishedEntry finished = orders.finished(key);
        if (first != null) {
            reports.event(first, ExecType.REJECTED, "duplicate order id");
        } else if (finished != null) {
            reports.noSuchOrder(key, order.instrument(), finished, ExecType.REJECTED, "duplicate order id");
        }
        return first != null || finished != null;
    }

    private static @Nullable String refusal(Market market, NewOrder order, Terms terms) {
        String notTaken = Entry.notTaken(market, terms);
        if (notTaken != null) {
            return notTaken;
        }
        String refusal = TermsCheck.refusal(order, market.settings());
        if (refusal != null) {
            return refusal;
        }
        return terms.isOverAt(order.ts()) ? "rule=11 expireTs=" + terms.endTs() + " is past" : null;
    }

    private static @Nullable Long endOf(NewOrder order, Market market) {
        return switch (order.tif()) {
            case DAY -> market.session().endAfter(order.ts());
            case GTD -> order.expireTs();
            case GTC, IOC, FOK -> null;
        };
    }
}
