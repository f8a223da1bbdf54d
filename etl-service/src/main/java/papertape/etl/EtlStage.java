package papertape.etl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.EtlSettings;
import papertape.common.message.Clock;
import papertape.common.message.Message;
import papertape.common.message.Raw;
import papertape.common.stage.Outbox;
import papertape.common.stage.Skipped;
import papertape.common.stage.Stage;
import papertape.common.stage.StageContext;
import papertape.common.value.FeedLine;
import papertape.common.value.Instrument;
import papertape.etl.venue.BinanceAdapter;
import papertape.etl.venue.CoinbaseAdapter;
import papertape.etl.venue.FeedNotice;
import papertape.etl.venue.VenueAdapter;
import papertape.etl.venue.VenueAdapter.Path;
import papertape.etl.venue.VenueEvent;

/**
 * Reads raw messages and hands what they say to their instrument's {@link InstrumentFeed}. A message is read to its end
 * before anything changes, so a malformed one leaves no trace. Any instrument is served, configured or not.
 */
public final class EtlStage implements Stage {
    private final Map<String, VenueAdapter> adapters;
    private final EtlTables tables;
    private final EtlRules rules;
    private final @Nullable LineTables lines;
    /** By name: a clock visits them in this order, so that what it sends does not depend on when each was first heard of. */
    private final Map<String, InstrumentFeed> feeds = new TreeMap<>();

    private final Map<String, VenueTime> times = new HashMap<>();

    public EtlStage(Config config, StageContext context) {
        this(config.etl(), config.feed().redundant(), context);
    }

    /** @param isRedundant the feed has two lines */
    EtlStage(EtlSettings settings, boolean isRedundant, StageContext context) {
        CoinbaseAdapter coinbase = new CoinbaseAdapter();
        // The simulated venue speaks Coinbase's protocol.
        this.adapters = Map.of("COINBASE", coinbase, "SIM", coinbase, "BINANCE", new BinanceAdapter());
        this.tables = new EtlTables(context.state());
        this.rules = EtlRules.of(settings);
        this.lines = isRedundant ? new LineTables(context.state()) : null;
        for (Instrument known : List.copyOf(tables.progress.entries().keySet())) {
            feed(known, adapters.get(known.venue()));
        }
    }

    @Override
    public void onMessage(Message message, Outbox out) {
        if (message instanceof Raw raw) {
            onRaw(raw, out);
        } else if (message instanceof Clock clock) {
            onClock(clock, out);
        }
    }

    /** The feed's time: the venue's instruments end their bars and confirm their marks, and it goes on to the next stages. */
    private void onClock(Clock clock, Outbox out) {
        long lag = Long.MIN_VALUE;
        for (InstrumentFeed feed : feeds.values()) {
            if (feed.isOf(clock.venue())) {
                lag = Math.max(lag, feed.lag());
            }
        }
        VenueTime time = times.computeIfAbsent(clock.venue(), venue -> new VenueTime(venue, tables.clocks));
        lag = lag == Long.MIN_VALUE ? 0 : lag;
        long ts = time.at(clock.ts(), lag);
        long confirmed = Math.min(ts, clock.confirmed() - lag);
        for (InstrumentFeed feed : feeds.values()) {
            if (feed.isOf(clock.venue())) {
                feed.onTime(ts, confirmed, out);
            }
        }
        time.send(ts, confirmed, out);
    }

    private void onRaw(Raw raw, Outbox out) {
        if (raw.channel().equals(FeedNotice.CHANNEL)) {
            FeedNotice notice = FeedNotice.read(raw.payload());
            if (raw.instrument() != null) {
                InstrumentFeed feed = feed(raw.instrument(), adapters.get(raw.venue()));
                choose(feed, raw);
                feed.onNotice(notice, raw.received(), out);
            }
            return;
        }
        VenueAdapter adapter = adapter(raw.venue());
        List<VenueEvent> events = adapter.read(raw.channel(), raw.payload());
        if (events.isEmpty()) {
            return;
        }
        if (raw.instrument() == null) {
            throw new IllegalArgumentException("instrument: missing, or its name cannot be an instrument's");
        }
        InstrumentFeed feed = feed(raw.instrument(), adapter);
        choose(feed, raw);
        for (int i = 0; i < events.size(); i++) {
            feed.onEvent(events.get(i), raw.received(), out);
        }
    }

    /**
     * What was part of a book and is a dead letter breaks that book. Where not even the instrument can be told, it may have
     * been part of any.
     */
    @Override
    public void onSkipped(Skipped skipped, Outbox out) {
        if (skipped.message() instanceof Raw raw) {
            if (raw.instrument() != null) {
                InstrumentFeed feed = feed(raw.instrument(), adapters.get(raw.venue()));
                choose(feed, raw);
                feed.onUnread(path(raw), skipped.reason(), raw.received(), out);
            }
            return;
        }
        List<Instrument> harmed = skipped.instrument() == null
                ? List.copyOf(tables.progress.entries().keySet())
                : List.of(skipped.instrument());
        for (Instrument each : harmed) {
            feed(each, adapters.get(each.venue())).onUnread(Path.BOOK, skipped.reason(), 0, out);
        }
    }

    private Path path(Raw raw) {
        VenueAdapter adapter = adapters.get(raw.venue());
        return adapter == null
                ? Path.OTHER
                : raw.channel().equals(FeedNotice.CHANNEL) ? Path.BOOK : adapter.path(raw.channel());
    }

    private void choose(InstrumentFeed feed, Raw raw) {
        if (lines != null) {
            feed.from(FeedLine.of(raw.header().id()));
        }
    }

    /** Trades that came after their bar; messages by the lines that had them where the feed has two. */
    @Override
    public SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = new TreeMap<>();
        tables.late.entries().values().forEach(count -> counters.merge("trades_after_their_bar", count, Long::sum));
        if (lines != null) {
            for (LineTables.Lines each : lines.lines.values()) {
                counters.merge(FeedLine.BOTH, each.counts().both(), Long::sum);
                counters.merge(FeedLine.A.onlyCounter(), each.counts().onlyA(), Long::sum);
                counters.merge(FeedLine.B.onlyCounter(), each.counts().onlyB(), Long::sum);
            }
        }
        return counters;
    }

    private VenueAdapter adapter(String venue) {
        VenueAdapter adapter = adapters.get(venue);
        if (adapter == null) {
            throw new IllegalArgumentException("venue: unknown: \"" + venue + "\" (accepted: COINBASE, BINANCE, SIM)");
        }
        return adapter;
    }

    private InstrumentFeed feed(Instrument instrument, @Nullable VenueAdapter adapter) {
        InstrumentFeed feed = feeds.get(instrument.name());
        if (feed == null) {
            boolean quotesFromBook = adapter == null || adapter.quotesFromBook();
            feed = new InstrumentFeed(tables.same(instrument), quotesFromBook, tables, rules, linesOf(instrument));
            feeds.put(instrument.name(), feed);
        }
        return feed;
    }

    private @Nullable FeedLines linesOf(Instrument instrument) {
        return lines == null ? null : new FeedLines(tables.same(instrument), lines);
    }
}
