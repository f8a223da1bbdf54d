package papertape.feed;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.text.Cause;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * Polls Coinbase Exchange's REST interface: the slow way in, where WebSockets do not get through. Each new trade is passed
 * on once: the venue's list, newest first, without what was there before; the first poll of a product without a saved
 * position takes its latest trade only. One thread.
 */
final class CoinbaseRestFeed implements Feed {
    private static final int PAGE = 100;
    static final String TICKER = "rest-ticker";
    static final String TRADES = "rest-trades";
    static final String PRODUCT = "rest-product";

    private static final Logger LOG = LoggerFactory.getLogger(CoinbaseRestFeed.class);

    private final CoinbaseRest rest;
    private final Inbox inbox;
    private final long pollMs;
    private final long statusPollMs;
    private final Backoff backoff;
    private final FeedCounters counters;
    private final LongSupplier micros;
    private final Thread thread;
    private final Map<Instrument, Long> lastTrade = new HashMap<>();
    /** When each product's status is to be asked for again, by {@link System#nanoTime}. */
    private final Map<Instrument, Long> statusDue = new HashMap<>();

    private final StatusOutage outage;
    private volatile List<Instrument> wanted = List.of();
    private volatile boolean isClosed;

    CoinbaseRestFeed(
            String restUrl,
            Inbox inbox,
            long pollMs,
            long statusPollMs,
            Backoff backoff,
            FeedCounters counters,
            LongSupplier micros) {
        this.rest = new CoinbaseRest(restUrl, PAGE);
        this.inbox = inbox;
        this.pollMs = pollMs;
        this.statusPollMs = statusPollMs;
        this.outage = new StatusOutage(counters);
        this.backoff = backoff;
        this.counters = counters;
        this.micros = micros;
        this.thread = Thread.ofPlatform().name("feed-poll").daemon().unstarted(this::run);
    }

    CoinbaseRestFeed start() {
        thread.start();
        return this;
    }

    @Override
    public void want(Collection<Instrument> instruments) {
        wanted = List.copyOf(instruments);
    }

    /** Every ticker is a whole top of book, so there is nothing to ask for. */
    @Override
    public void resync(Instrument instrument, String reason) {
        LOG.atDebug().addKeyValue("instrument", instrument).log("the next poll is the snapshot");
    }

    private void run() {
        try {
            while (!isClosed) {
                boolean isAnswered = pollAll();
                Thread.sleep(isAnswered ? pollMs : Math.max(pollMs, backoff.nextMs()));
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("polling ends");
        }
    }

    private boolean pollAll() throws InterruptedException {
        List<Instrument> now = wanted;
        lastTrade.keySet().retainAll(now);
        statusDue.keySet().retainAll(now);
        try {
            for (Instrument instrument : now) {
                pollStatus(instrument);
                poll(instrument);
            }
            backoff.reset();
            return true;
        } catch (IOException e) {
            counters.add(Count.REST_FAILURES, 1);
            LOG.atWarn().setCause(e).log("poll failed");
            inbox.lost("poll failed: " + Cause.of(e));
            return false;
        }
    }

    private void poll(Instrument instrument) throws IOException, InterruptedException {
        Long known = lastTrade.get(instrument);
        long last = known != null ? known : inbox.positions().getOrDefault(instrument.symbol(), 0L);
        CoinbaseRest.Listed listed = rest.newTrades(instrument, last);
        counters.addGap(instrument, listed.unreached(last));
        List<String> trades = listed.trades();
        if (!trades.isEmpty()) {
            last = Text.number(trades.getFirst(), "\"trade_id\"");
            put(new Look(TRADES, instrument, Weight.KEEP, "[" + String.join(",", trades) + "]"), last);
        }
        lastTrade.put(instrument, last);
        // A ticker is a whole top of book: it is what makes the instrument live again.
        put(new Look(TICKER, instrument, Weight.SNAPSHOT, rest.get(instrument, "ticker")), last);
    }

    /** A failure leaves the prices as they are: without an answer the last status holds. */
    private void pollStatus(Instrument instrument) throws InterruptedException {
        long now = System.nanoTime();
        Long due = statusDue.get(instrument);
        if (due != null && due - now > 0) {
            return;
        }
        statusDue.put(instrument, now + TimeUnit.MILLISECONDS.toNanos(statusPollMs));
        try {
            Look product = new Look(PRODUCT, instrument, Weight.KEEP, rest.product(instrument));
            inbox.putStatus(inbox.generation(), product, micros.getAsLong());
            outage.ended();
        } catch (IOException e) {
            outage.failed(Cause.of(e));
        }
    }

    private void put(Look look, long position) {
        inbox.put(0, look, micros.getAsLong(), position);
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        rest.close();
    }
}
