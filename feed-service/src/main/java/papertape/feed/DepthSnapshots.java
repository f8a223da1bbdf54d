package papertape.feed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * Fetches Binance's book snapshots over REST, one after the other on a thread of its own, and puts them into the inbox as
 * they are. A failed one is tried again until its connection is over.
 */
final class DepthSnapshots implements WebSocketFeed.Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(DepthSnapshots.class);
    private static final int LIMIT = 1_000;
    /** A snapshot of this size weighs 50 of the 6,000 that Binance allows a minute: two a second at most. */
    private static final long SPACING_MS = 500;

    private final String restUrl;
    private final Inbox inbox;
    private final Backoff backoff;
    private final FeedCounters counters;
    private final LongSupplier micros;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Map<Instrument, Long> waiting = new LinkedHashMap<>();
    private final Thread thread;
    private boolean isClosed;

    DepthSnapshots(String restUrl, Inbox inbox, Backoff backoff, FeedCounters counters, LongSupplier micros) {
        this.restUrl = restUrl;
        this.inbox = inbox;
        this.backoff = backoff;
        this.counters = counters;
        this.micros = micros;
        this.thread = Thread.ofPlatform().name("feed-snapshots").daemon().unstarted(this::run);
    }

    DepthSnapshots start() {
        thread.start();
        return this;
    }

    @Override
    public synchronized void request(Instrument instrument, long generation) {
        waiting.put(instrument, generation);
        notifyAll();
    }

    private void run() {
        try {
            while (true) {
                Map.Entry<Instrument, Long> next = next();
                if (next == null) {
                    return;
                }
                boolean isDone = fetch(next.getKey(), next.getValue());
                if (isDone) {
                    backoff.reset();
                } else {
                    counters.add(Count.REST_FAILURES, 1);
                    again(next);
                }
                Thread.sleep(isDone ? SPACING_MS : SPACING_MS + backoff.nextMs());
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("snapshot thread interrupted");
        }
    }

    private synchronized Map.@Nullable Entry<Instrument, Long> next() throws InterruptedException {
        while (waiting.isEmpty() && !isClosed) {
            wait();
        }
        if (isClosed) {
            return null;
        }
        Map.Entry<Instrument, Long> first = Map.entry(
                waiting.keySet().iterator().next(), waiting.values().iterator().next());
        waiting.remove(first.getKey());
        return first;
    }

    private synchronized void again(Map.Entry<Instrument, Long> request) {
        waiting.putIfAbsent(request.getKey(), request.getValue());
    }

    private boolean fetch(Instrument instrument, long generation) throws InterruptedException {
        URI uri = URI.create(restUrl + "/api/v3/depth?symbol=" + instrument.symbol() + "&limit=" + LIMIT);
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                LOG.atWarn()
                        .addKeyValue("instrument", instrument)
                        .addKeyValue("status", answer.statusCode())
                        .log("venue refused a snapshot");
                return false;
            }
            Look look = new Look(BinanceAdapter.DEPTH_SNAPSHOT, instrument, Weight.SNAPSHOT, answer.body());
            // A connection that is over has its successor ask again, so a refusal by the inbox is no failure.
            inbox.put(generation, look, micros.getAsLong());
            return true;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("instrument", instrument).setCause(e).log("no snapshot");
            return false;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        thread.interrupt();
        http.shutdownNow();
    }
}
