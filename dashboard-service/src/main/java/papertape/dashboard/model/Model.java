package papertape.dashboard.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.message.Account;
import papertape.common.message.DeadLetter;
import papertape.common.message.Execution;
import papertape.common.message.Mark;
import papertape.common.message.MarketData;
import papertape.common.message.Message;
import papertape.common.message.Pnl;
import papertape.common.message.Quote;
import papertape.common.message.Signal;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** Everything that the page shows of the messages. Written by the reader's thread, read by any: one lock, held for microseconds. */
public final class Model {
    private static final int MAX_SIGNALS = 500;
    private static final int MAX_LETTERS = 100;

    /** An instrument's stream. @param state as the latest feedStatus says; empty where none has come */
    public record InstrumentRow(
            String instrument,
            @Nullable Price bidPx,
            @Nullable Price askPx,
            @Nullable Price mark,
            String state,
            String detail,
            boolean isBroken,
            long updated,
            long trades) {}

    public record SignalRow(
            String strategy,
            String account,
            String instrument,
            String direction,
            double strength,
            Price price,
            String reason,
            long ts) {}

    public record LetterRow(String channel, int partition, long seq, String reason, long ts) {}

    /** What an account view needs. */
    public record AccountsView(List<AccountRow> accounts, List<Accounts.PositionRow> positions) {}

    public record CurvesView(List<Accounts.Curve> curves) {}

    public record OrdersView(List<OrderRow> working, long fillCount, long version) {}

    public record SignalsView(List<SignalRow> signals) {}

    /**
     * An instrument's market as it is sent to a browser.
     *
     * @param leftOut trades since the last time that are not among {@code trades}
     */
    public record MarketView(
            String instrument,
            @Nullable Price bidPx,
            @Nullable Qty bidQty,
            @Nullable Price askPx,
            @Nullable Qty askQty,
            List<Level> bids,
            List<Level> asks,
            boolean isWhole,
            List<Market.TradeRow> trades,
            long leftOut,
            List<LiveBar> bars,
            String state,
            String detail,
            long updated) {}

    /** The running bar of one length. */
    public record LiveBar(String length, Market.BarRow bar) {}

    /** Where a browser is in an instrument's market. */
    public record MarketPlace(long version, long trades) {
        public static final MarketPlace START = new MarketPlace(-1, 0);
    }

    /** The changes since a browser's place, and its new place; a view without changes is absent. */
    public record News<V>(@Nullable V view, MarketPlace place) {}

    private static final int TRADES_AT_ONCE = 40;
    private static final long GENERATION = 1L << 40;

    private final ReentrantLock lock = new ReentrantLock();
    private final Config config;
    private Accounts accounts;
    private Orders orders = new Orders();
    private final Map<Instrument, Market> markets = new TreeMap<>();
    private final Map<Instrument, Mark> marks = new TreeMap<>();
    private final Deque<SignalRow> signals = new ArrayDeque<>();
    private final Deque<LetterRow> letters = new ArrayDeque<>();
    private long signalVersion;
    /** Added to every version, so that none comes twice. */
    private long generation;

    public Model(Config config) {
        this.config = config;
        accounts = new Accounts(config);
    }

    /** Forgets all data: the next messages are another stack's, or start again from the first. */
    void clear() {
        lock.lock();
        try {
            accounts = new Accounts(config);
            orders = new Orders();
            markets.clear();
            marks.clear();
            signals.clear();
            letters.clear();
            generation += GENERATION;
        } finally {
            lock.unlock();
        }
    }

    void accept(Message message) {
        lock.lock();
        try {
            switch (message) {
                case MarketData data ->
                    markets.computeIfAbsent(data.instrument(), any -> new Market())
                            .accept(data);
                case Mark mark -> marks.put(mark.instrument(), mark);
                case Execution execution -> orders.accept(execution);
                case Account account -> accounts.accept(account);
                case Pnl pnl -> accounts.accept(pnl);
                case Signal signal -> accept(signal);
                case DeadLetter letter -> accept(letter);
                default -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept(Signal signal) {
        signalVersion++;
        signals.add(new SignalRow(
                signal.strategy().value(),
                signal.account().value(),
                signal.instrument().name(),
                signal.direction().name().toLowerCase(Locale.ROOT),
                signal.strength(),
                signal.price(),
                signal.reason(),
                signal.ts()));
        if (signals.size() > MAX_SIGNALS) {
            signals.removeFirst();
        }
    }

    private void accept(DeadLetter letter) {
        letters.add(new LetterRow(letter.channel(), letter.partition(), letter.seq(), letter.reason(), letter.ts()));
        if (letters.size() > MAX_LETTERS) {
            letters.removeFirst();
        }
    }

    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    public long accountsVersion() {
        return locked(() -> generation + accounts.version());
    }

    public AccountsView accounts() {
        return locked(() -> new AccountsView(accounts.rows(), accounts.positions()));
    }

    public CurvesView curves() {
        return locked(() -> new CurvesView(accounts.curves()));
    }

    public long ordersVersion() {
        return locked(() -> generation + orders.version());
    }

    public OrdersView orders() {
        return locked(() -> new OrdersView(orders.working(), orders.fillCount(), generation + orders.version()));
    }

    /** Working and ended ones, the latest first. */
    public List<OrderRow> allOrders() {
        return locked(() -> orders.all());
    }

    public List<OrderRow.FillRow> fills() {
        return locked(() -> orders.fills());
    }

    public boolean hasLostFills() {
        return locked(() -> orders.hasLostFills());
    }

    /** The latest price of each instrument, for valuing. */
    public Map<Instrument, Price> marks() {
        return locked(() -> {
            Map<Instrument, Price> prices = new TreeMap<>();
            marks.forEach((instrument, mark) -> prices.put(instrument, mark.price()));
            return prices;
        });
    }

    public long signalsVersion() {
        return locked(() -> generation + signalVersion);
    }

    public List<SignalRow> signals() {
        return locked(() -> signals.stream()
                .sorted(Comparator.comparingLong(SignalRow::ts).reversed())
                .toList());
    }

    public List<LetterRow> letters() {
        return locked(() -> List.copyOf(letters).reversed());
    }

    public List<InstrumentRow> instruments() {
        return locked(() -> {
            List<InstrumentRow> rows = new ArrayList<>();
            markets.forEach((instrument, market) -> rows.add(row(instrument, market)));
            return rows;
        });
    }

    private InstrumentRow row(Instrument instrument, Market market) {
        Quote quote = market.quote();
        Mark mark = marks.get(instrument);
        return new InstrumentRow(
                instrument.name(),
                quote == null ? null : quote.bidPx(),
                quote == null ? null : quote.askPx(),
                mark == null ? null : mark.price(),
                state(market),
                detail(market),
                market.status() != null && !market.status().status().isLive(),
                market.updated(),
                market.tradeCount());
    }

    private static String state(Market market) {
        return market.status() == null ? "" : market.status().status().name().toLowerCase(Locale.ROOT);
    }

    private static String detail(Market market) {
        return market.status() == null ? "" : market.status().detail();
    }

    /** Instruments whose stream is worth nothing at the moment, with why. */
    public List<InstrumentRow> brokenStreams() {
        return instruments().stream().filter(InstrumentRow::isBroken).toList();
    }

    /** The changes of an instrument's market since the browser's place. */
    public News<MarketView> market(Instrument instrument, MarketPlace place) {
        return locked(() -> {
            Market market = markets.get(instrument);
            if (market == null || market.version() == place.version()) {
                return new News<MarketView>(null, place);
            }
            // fewer trades than the browser had: the data were read again from their beginning
            MarketPlace from = market.tradeCount() < place.trades() ? MarketPlace.START : place;
            return new News<>(view(instrument, market, from), new MarketPlace(market.version(), market.tradeCount()));
        });
    }

    private static MarketView view(Instrument instrument, Market market, MarketPlace place) {
        Quote quote = market.quote();
        Market.Ladder ladder = market.ladder();
        List<Market.TradeRow> trades = market.tradesAfter(place.trades(), TRADES_AT_ONCE);
        long leftOut = place.version() < 0 ? 0 : market.tradeCount() - place.trades() - trades.size();
        List<LiveBar> bars = new ArrayList<>();
        for (String length : market.lengths()) {
            bars.add(new LiveBar(length, market.latestBar(length)));
        }
        return new MarketView(
                instrument.name(),
                quote == null ? null : quote.bidPx(),
                quote == null ? null : quote.bidQty(),
                quote == null ? null : quote.askPx(),
                quote == null ? null : quote.askQty(),
                ladder.bids(),
                ladder.asks(),
                ladder.isWhole(),
                trades,
                leftOut,
                bars,
                state(market),
                detail(market),
                market.updated());
    }

    /** The bars of one length that are in memory, the oldest first. */
    public List<Market.BarRow> bars(Instrument instrument, String interval) {
        return locked(() -> {
            Market market = markets.get(instrument);
            return market == null ? List.of() : market.bars(interval);
        });
    }
}
