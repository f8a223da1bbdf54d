package papertape.feed;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.text.Cause;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * Asks Binance over REST which orders it takes for the owned symbols, since no stream says it: at an interval, and at once
 * after each connection. A part of the answer is the answer as the venue would give it for one symbol, without the rest.
 * Nothing depends on it: without an answer the last one holds. One thread.
 */
final class SymbolStatuses implements AutoCloseable {
    /** The venue's name of the request; recordings hold a part of its answer as a stream of that name. */
    static final String CHANNEL = "exchangeInfo";

    private static final Logger LOG = LoggerFactory.getLogger(SymbolStatuses.class);
    /** A request weighs 20 of the 6,000 that Binance allows a minute, however many symbols it names. */
    private static final int MOST_SYMBOLS = 100;
    /** Least time between two requests, however often the connection is lost. */
    private static final long SPACING_MS = 1_000;

    /** What Binance answers when it does not know one of the symbols, whose others it then does not tell. */
    private static final String UNKNOWN_SYMBOL = "\"code\":-1121";

    private final String restUrl;
    private final Inbox inbox;
    private final long pollMs;
    private final Backoff backoff;
    private final FeedCounters counters;
    private final LongSupplier micros;
    private final StatusOutage outage;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Thread thread;
    /** Symbols that the venue did not know; asked for again after the next connection. Guarded by this. */
    private final Set<Instrument> unknown = new HashSet<>();

    private boolean isDue;
    private boolean isClosed;

    SymbolStatuses(
            String restUrl, Inbox inbox, long pollMs, Backoff backoff, FeedCounters counters, LongSupplier micros) {
        this.restUrl = restUrl;
        this.inbox = inbox;
        this.pollMs = pollMs;
        this.backoff = backoff;
        this.counters = counters;
        this.micros = micros;
        this.outage = new StatusOutage(counters);
        this.thread = Thread.ofPlatform().name("feed-symbols").daemon().unstarted(this::run);
    }

    SymbolStatuses start() {
        thread.start();
        return this;
    }

    /** There is a new connection, or another instrument. */
    synchronized void refresh() {
        unknown.clear();
        isDue = true;
        notifyAll();
    }

    private void run() {
        try {
            while (awaitDue()) {
                List<Instrument> asked = new ArrayList<>(inbox.owned());
                asked.removeAll(unknown());
                for (int from = 0; from < asked.size(); from += MOST_SYMBOLS) {
                    ask(asked.subList(from, Math.min(asked.size(), from + MOST_SYMBOLS)));
                }
                Thread.sleep(Math.min(SPACING_MS, pollMs) + (outage.isOn() ? backoff.nextMs() : 0));
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("symbol status thread interrupted");
        }
    }

    private synchronized boolean awaitDue() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pollMs);
        long left = pollMs;
        while (!isDue && !isClosed && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        isDue = false;
        return !isClosed;
    }

    private synchronized Set<Instrument> unknown() {
        return Set.copyOf(unknown);
    }

    private void ask(List<Instrument> instruments) throws InterruptedException {
        String symbols = instruments.stream()
                .map(instrument -> '"' + instrument.symbol() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        String query = "symbols=" + URLEncoder.encode(symbols, StandardCharsets.UTF_8) + "&showPermissionSets=false";
        URI uri = URI.create(restUrl + "/api/v3/" + CHANNEL + "?" + query);
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                put(instruments, answer.body());
            } else if (answer.statusCode() == 400 && answer.body().contains(UNKNOWN_SYMBOL)) {
                onUnknown(instruments);
            } else {
                outage.failed(RestStatus.refusal(answer.statusCode()));
            }
        } catch (IOException e) {
            outage.failed(Cause.of(e));
        }
    }

    /** Each alone, so that one wrong symbol does not hide the others' status. */
    private void onUnknown(List<Instrument> instruments) throws InterruptedException {
        if (instruments.size() == 1) {
            Instrument only = instruments.getFirst();
            LOG.atWarn().addKeyValue("instrument", only).log("venue does not know the symbol");
            synchronized (this) {
                unknown.add(only);
            }
            return;
        }
        for (Instrument each : instruments) {
            ask(List.of(each));
            Thread.sleep(Math.min(SPACING_MS, pollMs));
        }
    }

    private void put(List<Instrument> instruments, String answer) {
        String array = Text.member(answer, "symbols");
        List<String> symbols = array == null ? List.of() : Text.objects(array);
        for (Instrument instrument : instruments) {
            String name = '"' + instrument.symbol() + '"';
            for (String symbol : symbols) {
                if (name.equals(Text.member(symbol, "symbol"))) {
                    counters.add(Count.RECEIVED, 1);
                    inbox.putStatus(inbox.generation(), part(instrument, symbol), micros.getAsLong());
                }
            }
        }
        if (symbols.isEmpty()) {
            outage.failed("the answer has no symbols");
        } else {
            outage.ended();
            backoff.reset();
        }
    }

    /** @param symbol the venue's text of it, untouched */
    static Look part(Instrument instrument, String symbol) {
        return new Look(CHANNEL, instrument, Weight.KEEP, "{\"symbols\":[" + symbol + "]}");
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
