package papertape.feed;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * Keeps one WebSocket connection up: one thread of its own connects, watches for silence and connects again; the
 * connection's reading thread only puts text into the inbox. This object's monitor guards what is wanted and subscribed; it
 * is never held while the inbox may wait.
 */
final class WebSocketFeed implements Feed, VenueClient.Listener {
    /** A snapshot by other means than the stream. */
    @FunctionalInterface
    interface Snapshots extends AutoCloseable {
        Snapshots NONE = (instrument, generation) -> {};

        void request(Instrument instrument, long generation);

        /** A connection has subscribed to its instruments, or to more of them. */
        default void connected() {}

        @Override
        default void close() {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketFeed.class);
    private static final long CONNECT_MS = 10_000;
    private static final long TICK_MS = 100;
    /** A connection that is silent for so long, or a third of the limit, is asked whether it lives. */
    private static final long PING_NS = 2_000_000_000L;

    private final VenueAdapter adapter;
    private final URI uri;
    private final Inbox inbox;
    private final boolean isReplay;
    private final long silenceMs;
    private final long resyncMs;
    private final Backoff backoff;
    private final Snapshots snapshots;
    private final TradeOrder trades;
    private final Refusals refusals = new Refusals();
    private final FeedCounters counters;
    private final LongSupplier micros;
    private final Thread thread;

    private final Set<Instrument> wanted = new TreeSet<>();
    /** All that this connection was ever asked for. */
    private final Set<Instrument> asked = new HashSet<>();

    private final Map<Instrument, Long> lastResync = new HashMap<>();
    private final Map<Instrument, String> resyncs = new HashMap<>();
    private @Nullable VenueClient client;
    private @Nullable String ending;
    private boolean isOpen;
    private boolean isClosed;
    private long lastPing = System.nanoTime();
    private volatile long lastHeard;
    private volatile boolean isDelivering;
    private volatile boolean isProven;

    WebSocketFeed(
            VenueAdapter adapter,
            URI uri,
            Inbox inbox,
            FeedOptions options,
            int silenceMs,
            Backoff backoff,
            Snapshots snapshots,
            @Nullable TradeBackfill backfill,
            FeedCounters counters,
            LongSupplier micros) {
        this.adapter = adapter;
        this.uri = uri;
        this.inbox = inbox;
        this.isReplay = options.isReplay();
        this.silenceMs = silenceMs;
        this.resyncMs = options.resyncMs();
        this.backoff = backoff;
        this.snapshots = snapshots;
        this.trades = new TradeOrder(inbox, backfill, counters);
        this.counters = counters;
        this.micros = micros;
        this.thread = Thread.ofPlatform().name("feed-connection").daemon().unstarted(this::run);
    }

    WebSocketFeed start() {
        thread.start();
        return this;
    }

    @Override
    public synchronized void want(Collection<Instrument> instruments) {
        Set<Instrument> added = new TreeSet<>(instruments);
        added.removeAll(wanted);
        Set<Instrument> removed = new TreeSet<>(wanted);
        removed.removeAll(Set.copyOf(instruments));
        wanted.removeAll(removed);
        wanted.addAll(added);
        VenueClient open = client;
        if (open != null && isOpen) {
            change(open, added, removed);
        }
        notifyAll();
    }

    private void change(VenueClient open, Set<Instrument> added, Set<Instrument> removed) {
        if (isReplay && added.stream().anyMatch(asked::contains)) {
            // Messages of the first time may still be under way; only a new connection tells them apart from the
            // second.
            ending = "instruments came back";
            return;
        }
        if (!removed.isEmpty()) {
            send(open, adapter.unsubscribe(removed));
        }
        if (!added.isEmpty()) {
            subscribe(open, added);
        }
    }

    private void subscribe(VenueClient to, Collection<Instrument> instruments) {
        asked.addAll(instruments);
        send(to, adapter.subscribe(instruments, isReplay ? resume(instruments) : Map.of()));
        for (Instrument instrument : instruments) {
            snapshots.request(instrument, to.generation);
        }
        snapshots.connected();
    }

    private Map<String, Long> resume(Collection<Instrument> instruments) {
        Set<String> symbols = new HashSet<>(Set.of(VenueAdapter.CONNECTION));
        instruments.forEach(instrument -> symbols.add(instrument.symbol()));
        Map<String, Long> resume = inbox.positions();
        resume.keySet().retainAll(symbols);
        // A product's 0 says nothing; the connection's says that this worker owns the messages about the connection.
        resume.entrySet()
                .removeIf(entry -> entry.getValue() == 0 && !entry.getKey().equals(VenueAdapter.CONNECTION));
        return resume;
    }

    private void send(VenueClient to, List<String> requests) {
        try {
            requests.forEach(to::send);
        } catch (WebsocketNotConnectedException e) {
            ending = "connection was gone";
        }
    }

    @Override
    public synchronized void resync(Instrument instrument, String reason) {
        if (!isReplay && wanted.contains(instrument)) {
            resyncs.put(instrument, reason);
            notifyAll();
        }
    }

    private void run() {
        boolean isOutage = false;
        try {
            while (awaitWanted()) {
                String reason = session();
                isOutage &= !isProven;
                if (reason == null) {
                    continue;
                }
                counters.add(Count.DISCONNECTS, 1);
                inbox.lost(reason);
                long waitMs = backoff.nextMs();
                // One warning an outage, however many attempts it takes.
                LOG.atLevel(isOutage ? Level.DEBUG : Level.WARN)
                        .addKeyValue("reason", reason)
                        .addKeyValue("waitMs", waitMs)
                        .log("connection lost, connecting again");
                isOutage = true;
                pause(waitMs);
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("connection thread interrupted");
        }
    }

    private synchronized boolean awaitWanted() throws InterruptedException {
        while (wanted.isEmpty() && !isClosed) {
            wait();
        }
        return !isClosed;
    }

    private synchronized void pause(long waitMs) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        long left = waitMs;
        while (left > 0 && !isClosed) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** One connection from its opening to its end; returns why it ended, null where nobody needs it any more. */
    private @Nullable String session() throws InterruptedException {
        VenueClient opened = prepare();
        try {
            if (!opened.open(CONNECT_MS)) {
                return whyNotOpen();
            }
            counters.add(Count.CONNECTS, 1);
            LOG.atInfo().addKeyValue("url", uri).log("connected");
            return watch(opened);
        } finally {
            // First the generation: it frees a reading thread that waits for room.
            inbox.nextGeneration();
            detach();
            opened.abandon("over");
        }
    }

    private synchronized String whyNotOpen() {
        return "cannot connect: " + (ending == null ? "no answer within " + CONNECT_MS + " ms" : ending);
    }

    private synchronized VenueClient prepare() {
        isDelivering = false;
        isProven = false;
        ending = null;
        asked.clear();
        resyncs.clear();
        VenueClient prepared = new VenueClient(uri, inbox.nextGeneration(), this);
        client = prepared;
        return prepared;
    }

    private synchronized void detach() {
        client = null;
        isOpen = false;
    }

    private synchronized @Nullable String watch(VenueClient opened) throws InterruptedException {
        lastHeard = System.nanoTime();
        isOpen = true;
        if (!isReplay) {
            send(opened, adapter.greeting());
        }
        subscribe(opened, wanted);
        while (ending == null && !isClosed && !wanted.isEmpty()) {
            requestResyncs(opened);
            askForLife(opened);
            wait(TICK_MS);
            if (!isDelivering && System.nanoTime() - lastHeard > TimeUnit.MILLISECONDS.toNanos(silenceMs)) {
                return "nothing heard for " + silenceMs + " ms";
            }
        }
        return isClosed || wanted.isEmpty() ? null : ending;
    }

    private void askForLife(VenueClient open) {
        long now = System.nanoTime();
        long wait = Math.min(PING_NS, TimeUnit.MILLISECONDS.toNanos(silenceMs) / 3);
        if (!isDelivering && now - lastHeard > wait && now - lastPing > wait) {
            lastPing = now;
            try {
                open.sendPing();
            } catch (WebsocketNotConnectedException e) {
                ending = "connection was gone";
            }
        }
    }

    @Override
    public void alive(VenueClient from) {
        if (!adapter.hasHeartbeats()) {
            lastHeard = System.nanoTime();
        }
        inbox.heard(micros.getAsLong());
    }

    private void requestResyncs(VenueClient open) {
        long now = System.nanoTime();
        List<Instrument> due = new ArrayList<>();
        Iterator<Map.Entry<Instrument, String>> waiting = resyncs.entrySet().iterator();
        while (waiting.hasNext()) {
            Map.Entry<Instrument, String> entry = waiting.next();
            Long last = lastResync.get(entry.getKey());
            if (last == null || now - last >= TimeUnit.MILLISECONDS.toNanos(resyncMs)) {
                inbox.resyncing(entry.getKey(), entry.getValue());
                due.add(entry.getKey());
                waiting.remove();
            }
        }
        for (Instrument instrument : due) {
            lastResync.put(instrument, now);
            counters.add(Count.RESYNCS, 1);
            send(open, adapter.resync(instrument));
            snapshots.request(instrument, open.generation);
        }
    }

    @Override
    public void text(VenueClient from, String text) {
        long received = micros.getAsLong();
        isDelivering = true;
        boolean isStatus = false;
        try {
            Look look = adapter.look(text);
            isStatus = look.weight() == Weight.STATUS;
            if (isStatus) {
                deliverStatus(from, look, received);
            } else {
                deliver(from, look, received);
            }
        } finally {
            // what products there are says nothing of whether their streams live
            lastHeard = isStatus ? lastHeard : System.nanoTime();
            isDelivering = false;
        }
    }

    private void deliverStatus(VenueClient from, Look look, long received) {
        List<Look> parts = adapter.statuses(look);
        if (isReplay) {
            parts.forEach(part -> inbox.put(from.generation, part, received));
            return;
        }
        counters.add(Count.RECEIVED, 1);
        parts.forEach(part -> inbox.putStatus(from.generation, part, received));
    }

    private void deliver(VenueClient from, Look look, long received) {
        if (look.weight() == Weight.REPLY) {
            inbox.heard(received);
            refusals.note(look);
            return;
        }
        long trade = isReplay ? -1 : adapter.tradeId(look);
        boolean isTaken = trade < 0
                ? inbox.put(from.generation, look, received)
                : trades.put(from.generation, look, received, trade);
        if (isTaken) {
            noteProof();
            if (look.channel().equals("error")) {
                refusals.note(look);
            }
        }
    }

    /** Only a connection over which messages come is a good one; one that merely opens is not. */
    private void noteProof() {
        if (!isProven) {
            isProven = true;
            backoff.reset();
        }
    }

    @Override
    public synchronized void ended(VenueClient from, String reason) {
        if (from == client && ending == null) {
            ending = reason;
            notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        snapshots.close();
        trades.close();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
