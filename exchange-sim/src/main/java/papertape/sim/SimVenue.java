package papertape.sim;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.java_websocket.WebSocket;
import org.jspecify.annotations.Nullable;
import papertape.common.config.InstrumentSettings;

/**
 * The simulated venue, running: an order flow paced against the wall clock and the clients that follow it. One thread
 * owns the flow and all that is sent; requests from sockets wait in a queue for it, between two steps of the flow.
 */
public final class SimVenue implements AutoCloseable {
    /** Virtual pace where the wall clock sets none. */
    private static final int UNPACED_RATE = 100_000;

    private static final int CHUNK = 256;
    private static final long LONGEST_WAIT_NANOS = 5_000_000;
    private static final long SHORTEST_WAIT_NANOS = 500_000;
    /** Further behind than this (a suspended machine), the flow goes on from now instead of catching up in a burst. */
    private static final long MOST_BEHIND_NANOS = 1_000_000_000;

    private final SimOptions options;
    private final OrderFlow flow;
    private final Subscribers subscribers;
    private final StatusChannel statuses;
    private final List<Mischief> mischiefs = new ArrayList<>();
    private final CoinbaseText texts = new CoinbaseText();
    private final BlockingQueue<Runnable> requests = new LinkedBlockingQueue<>();
    private final VenueSocket socket;
    private final RestInterface rest;
    private final Thread thread = new Thread(this::run, "venue");
    private final List<SimInstrument> instruments;
    private volatile boolean stopped;
    private volatile boolean done;
    private volatile long printed;
    // Wall time at which virtual time was 0
    private long anchorNanos;
    private boolean anchored;
    private final List<Halt> halts = new ArrayList<>();

    private record Halt(int instrument, long endNanos) {}

    private SimVenue(SimOptions options, List<InstrumentSettings> settings) throws IOException {
        this.options = options;
        this.instruments = settings.stream()
                .map(each -> SimInstrument.of(each, options.startPrices()))
                .toList();
        this.subscribers =
                new Subscribers(instruments.stream().map(SimInstrument::product).toList());
        this.statuses = new StatusChannel(instruments, subscribers);
        for (int i = 0; i < instruments.size(); i++) {
            int instrument = i;
            mischiefs.add(new Mischief((channel, text, length, genuine) ->
                    subscribers.deliver(instrument, channel, text, length, genuine)));
        }
        int rate = options.isUnpaced() ? UNPACED_RATE : options.ratePerSecond();
        this.flow = new OrderFlow(instruments, options.seed(), rate, options.startMicros(), this::printed);
        flow.tradesBefore(options.tradesBefore());
        this.socket = VenueSocket.open(options.port(), new Clients());
        this.rest = openRest();
    }

    private RestInterface openRest() throws IOException {
        try {
            return new RestInterface(this, options.restPort(), instruments.size());
        } catch (IOException e) {
            socket.shutDown();
            throw new IOException("port " + options.restPort() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens the venue.
     *
     * @throws IOException when a port is taken
     */
    public static SimVenue open(SimOptions options, List<InstrumentSettings> instruments) throws IOException {
        if (instruments.isEmpty()) {
            throw new IllegalArgumentException("a venue needs an instrument");
        }
        SimVenue venue = new SimVenue(options, instruments);
        venue.rest.start();
        venue.thread.setDaemon(true);
        venue.thread.start();
        return venue;
    }

    public int port() {
        return socket.getPort();
    }

    public int restPort() {
        return rest.port();
    }

    /** Messages printed so far, heartbeats aside. */
    public long messages() {
        return printed;
    }

    /** Whether the flow has printed all it was to print. */
    public boolean done() {
        return done;
    }

    /** False once closed, or broken by a bug. */
    boolean isRunning() {
        return thread.isAlive();
    }

    /** @throws IllegalArgumentException when the product is none of the venue's */
    public void tell(Misbehavior wrong) {
        ask(texts -> {
            misbehave(wrong);
            return "";
        });
    }

    /** What was printed and sent, as {@code /stats} gives it. */
    public String stats() {
        return ask(texts -> subscribers.stats(flow));
    }

    @Override
    public void close() {
        stopped = true;
        rest.stop();
        socket.shutDown();
    }

    /** A product as the venue describes it now. */
    String describe(int instrument) {
        return statuses.describe(instrument);
    }

    OrderFlow flow() {
        return flow;
    }

    @Nullable
    Integer instrument(String product) {
        return subscribers.instrument(product);
    }

    /** Has the venue's thread answer, between two steps of the flow. */
    String ask(Function<CoinbaseText, String> question) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        requests.add(() -> {
            try {
                answer.complete(question.apply(texts));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the venue does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void run() {
        try {
            while (!stopped) {
                long wait = advance();
                statuses.sendWhenDue(System.nanoTime());
                subscribers.flush();
                Runnable request = wait > 0 ? requests.poll(wait, TimeUnit.NANOSECONDS) : requests.poll();
                while (request != null) {
                    request.run();
                    request = requests.poll();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints what is due, at most a chunk, and gives the nanoseconds to wait until more is. */
    private long advance() {
        long now = System.nanoTime();
        endHalts(now);
        if (isHeldUp()) {
            anchored = false;
            return SHORTEST_WAIT_NANOS;
        }
        if (!anchored || now - anchorNanos - flow.nanos() > MOST_BEHIND_NANOS) {
            if (options.live()) {
                flow.skipTo(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
            }
            anchored = true;
            anchorNanos = now - flow.nanos();
        }
        long due = now - anchorNanos;
        if (isUnpaced()) {
            due = Long.MAX_VALUE;
            // whatever follows at a pace begins now
            anchored = false;
        }
        for (int i = 0; i < CHUNK && flow.nanos() <= due && !isComplete(); i++) {
            flow.step();
        }
        printed = flow.messages();
        done = isComplete();
        return flow.nanos() <= due && !done
                ? 0
                : Math.clamp(flow.nanos() - due, SHORTEST_WAIT_NANOS, LONGEST_WAIT_NANOS);
    }

    private boolean isUnpaced() {
        return options.isUnpaced() || flow.messages() < options.burst();
    }

    private boolean isComplete() {
        return options.messages() > 0 && flow.messages() >= options.messages();
    }

    private boolean isHeldUp() {
        if (isUnpaced() && !subscribers.everyProductIsSubscribed()) {
            return true;
        }
        ClientSession slow = subscribers.full();
        if (slow != null && !options.throttle()) {
            slow.abort("too slow");
            return false;
        }
        return slow != null;
    }

    private void printed(int instrument, SimChannel channel, JsonText text) {
        if (subscribers.anyone(channel, instrument)) {
            mischiefs.get(instrument).pass(channel, text, System.nanoTime());
        }
    }

    private void misbehave(Misbehavior wrong) {
        Integer named = wrong.product() == null ? null : instrument(wrong.product());
        if (named == null && wrong.product() != null) {
            throw new IllegalArgumentException("unknown product \"" + wrong.product() + "\"");
        }
        if (wrong.action() == Misbehavior.Action.DROP) {
            subscribers.drop(named == null ? -1 : named);
            return;
        }
        ProductState state = stateOf(wrong.action());
        for (int i = 0; i < flow.size(); i++) {
            if (named != null && named != i) {
                continue;
            }
            if (state == null) {
                misbehave(wrong, i);
            } else {
                statuses.set(i, state);
            }
        }
        if (state != null) {
            statuses.send();
        }
    }

    private static @Nullable ProductState stateOf(Misbehavior.Action action) {
        return switch (action) {
            case ONLINE -> ProductState.ONLINE;
            case LIMIT_ONLY -> ProductState.LIMIT_ONLY;
            case POST_ONLY -> ProductState.POST_ONLY;
            case CANCEL_ONLY -> ProductState.CANCEL_ONLY;
            case OFFLINE -> ProductState.OFFLINE;
            case DROP, SKIP, REPEAT, REORDER, MALFORMED, SILENCE, HALT, RESUME -> null;
        };
    }

    private void misbehave(Misbehavior wrong, int instrument) {
        long now = System.nanoTime();
        switch (wrong.action()) {
            case HALT -> {
                flow.halt(instrument, true);
                if (wrong.seconds() > 0) {
                    halts.add(new Halt(instrument, now + (long) (wrong.seconds() * 1e9)));
                }
            }
            case RESUME -> {
                flow.halt(instrument, false);
                halts.removeIf(halt -> halt.instrument == instrument);
            }
            case DROP, SKIP, REPEAT, REORDER, MALFORMED, SILENCE ->
                mischiefs.get(instrument).tell(wrong, now);
            case ONLINE, LIMIT_ONLY, POST_ONLY, CANCEL_ONLY, OFFLINE ->
                throw new IllegalArgumentException(wrong + " is said in the status channel");
        }
    }

    private void endHalts(long now) {
        halts.removeIf(halt -> {
            boolean over = now - halt.endNanos >= 0;
            if (over) {
                flow.halt(halt.instrument, false);
            }
            return over;
        });
    }

    /** A book begins with a snapshot, trades with the last one there was. */
    private void greet(ClientSession session, SubscribeRequest request, int instrument) {
        Market market = flow.market(instrument);
        boolean book = request.channels().stream().anyMatch(word -> SimChannel.of(word) == SimChannel.LEVEL2);
        if (book) {
            JsonText snapshot = texts.snapshot(market, flow.sequence(instrument), flow.micros());
            session.append(snapshot.bytes(), snapshot.length());
        }
        PrintedTrade last = market.lastTrade();
        if (last != null && request.channels().contains(SimChannel.MATCHES.word)) {
            JsonText match = texts.match("last_match", market.instrument, last);
            session.append(match.bytes(), match.length());
        }
    }

    /** Hands what clients do to the venue's thread. */
    private final class Clients implements VenueSocket.Listener {
        @Override
        public void received(WebSocket connection, String text) {
            requests.add(() -> {
                ClientSession session = subscribers.session(connection, socket);
                try {
                    SubscribeRequest request = SubscribeRequest.parse(text);
                    boolean wantedStatus = session.wantsStatus;
                    subscribers.request(session, request, instrument -> greet(session, request, instrument));
                    if (session.wantsStatus && !wantedStatus) {
                        statuses.greet(session);
                    }
                } catch (IllegalArgumentException e) {
                    subscribers.say(session, "{\"type\":\"error\",\"message\":\"Malformed request\"}");
                }
            });
        }

        @Override
        public void closed(WebSocket connection) {
            requests.add(() -> subscribers.closed(connection));
        }
    }
}
