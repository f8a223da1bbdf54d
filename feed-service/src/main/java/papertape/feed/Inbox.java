package papertape.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import papertape.common.runtime.Source.Received;
import papertape.common.runtime.Source.Time;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * The bounded queue between a connection's thread and the runtime's. Where the other side can be slowed down, a full inbox
 * makes the connection's thread wait, and TCP does the rest. A live venue is never kept waiting: quotes are conflated, then
 * whole books dropped and asked for anew, and what nobody takes at all goes to the disk; trades are kept in every case.
 */
final class Inbox implements AutoCloseable {
    static final String STATUS_CHANNEL = "feed-status";

    /** Gets fresh snapshots. */
    @FunctionalInterface
    interface Resync {
        void needed(Instrument instrument, String reason);
    }

    /**
     * What kind of other side this is.
     *
     * @param isThrottled can be slowed down
     * @param isReplay counts positions and says nothing of its own
     * @param hasStreamSnapshots a snapshot comes over the stream, and what comes before it is worth nothing
     */
    record Mode(boolean isThrottled, boolean isReplay, boolean hasStreamSnapshots) {}

    /** Dropping reads the whole backlog, which does not pay for less than this part of the bound. */
    private static final int FEW_BOOKS = 1_000;

    private final String venue;
    private final Mode mode;
    private final FeedOptions options;
    private final FeedCounters counters;
    private final LongSupplier nanos;
    private final LongSupplier micros;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final Backlog backlog = new Backlog();
    private final Overflow overflow;
    private final Map<Instrument, Lane> lanes = new HashMap<>();
    private final Map<Instrument, String> unheeded = new HashMap<>();
    private final Lane connection = new Lane(null, 0);
    private boolean ownsConnection;
    private boolean knowsConnection;
    private Resync resync = (instrument, reason) -> {};
    private long generation;
    private long lastPoll;
    private long lastTaken;
    private long told;
    private volatile long heard;
    private boolean isOverloaded;
    private boolean isPollerWaiting;
    private volatile boolean isClosed;

    Inbox(
            String venue,
            Mode mode,
            FeedOptions options,
            FeedCounters counters,
            LongSupplier nanos,
            LongSupplier micros) {
        this.venue = venue;
        this.mode = mode;
        this.options = options;
        this.counters = counters;
        this.nanos = nanos;
        this.micros = micros;
        this.overflow = new Overflow(new Spool(options.spoolFolder(), options.spoolMaxBytes()), counters);
        this.lastPoll = nanos.getAsLong();
    }

    /** Who is asked for snapshots; set before anything arrives. */
    void onResyncNeeded(Resync listener) {
        resync = listener;
    }

    /**
     * The streams that are passed on from now on; the others' messages are dropped, queued ones too. What is about the
     * connection is passed on as long as there is any.
     *
     * @param isAlone no other worker has a part of the venue, so that this one knows all there is to know
     * @param saved positions by instrument name, the connection's own under the venue's name; heeded for new streams only,
     *     as of the others more has been received than committed
     */
    void own(Collection<Instrument> instruments, boolean isAlone, Map<String, String> saved) {
        lock.lock();
        try {
            Map<Instrument, Lane> old = Map.copyOf(lanes);
            lanes.clear();
            for (Instrument instrument : instruments) {
                Lane kept = old.get(instrument);
                lanes.put(instrument, kept != null ? kept : new Lane(instrument, position(saved, instrument.name())));
            }
            connection.position = Math.max(connection.position, position(saved, venue));
            ownsConnection = !instruments.isEmpty();
            knowsConnection = isAlone || connection.position > 0;
            backlog.drop(message -> lane(message.instrument()) == null);
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long position(Map<String, String> saved, String name) {
        String position = saved.get(name);
        return position == null ? 0 : Long.parseLong(position);
    }

    /** How far each owned stream has been received: by symbol, the connection's own, if known, under {@code *}. */
    SortedMap<String, Long> positions() {
        lock.lock();
        try {
            SortedMap<String, Long> positions = new TreeMap<>();
            lanes.forEach((instrument, lane) -> positions.put(instrument.symbol(), lane.position));
            if (ownsConnection && (knowsConnection || connection.position > 0)) {
                positions.put(VenueAdapter.CONNECTION, connection.position);
            }
            return positions;
        } finally {
            lock.unlock();
        }
    }

    /** A new connection begins: what an older one still tries to put in is refused from now on. */
    long nextGeneration() {
        lock.lock();
        try {
            generation++;
            lanes.values().forEach(lane -> lane.productStatus = null);
            taken.signalAll();
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a message in; where the other side can be slowed down, waits for room.
     *
     * @return false where the connection is not the current one any more, or the thread was interrupted
     */
    boolean put(long ofGeneration, Look look, long received) {
        return put(ofGeneration, look, received, -1);
    }

    /** As above, with the position that the feed counts itself; -1: none. */
    boolean put(long ofGeneration, Look look, long received, long ownPosition) {
        lock.lock();
        try {
            if (mode.isThrottled() && !waitForRoom(ofGeneration)) {
                return false;
            }
            if (ofGeneration != generation) {
                return false;
            }
            take(look, received, ownPosition);
        } finally {
            lock.unlock();
        }
        askForSnapshots();
        return true;
    }

    /** The current connection. */
    long generation() {
        lock.lock();
        try {
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** The instruments whose streams are passed on. */
    List<Instrument> owned() {
        lock.lock();
        try {
            return List.copyOf(new TreeSet<>(lanes.keySet()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in which orders the venue takes for an instrument, unless that is what was taken in last over this connection.
     * It is no sign of life of the instrument's stream.
     *
     * @return as {@link #put(long, Look, long)}
     */
    boolean putStatus(long ofGeneration, Look look, long received) {
        lock.lock();
        try {
            if (mode.isThrottled() && !waitForRoom(ofGeneration)) {
                return false;
            }
            if (ofGeneration != generation) {
                return false;
            }
            Lane lane = lane(look.instrument());
            if (lane != null && !look.payload().equals(lane.productStatus)) {
                lane.productStatus = look.payload();
                pass(lane, look, received, null);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether these trades go on where the instrument's stream has come to; what goes on nowhere does. */
    private static boolean goesOn(Lane lane, long first) {
        return lane.position == 0 || first <= lane.position + 1;
    }

    /**
     * As above for trades, unless some are missing before them.
     *
     * @param first number of the first of them
     * @param last number of the last of them
     * @return 0 where they were taken, or nobody wants them; otherwise the number after which trades are missing
     */
    long putTrades(long ofGeneration, Look look, long received, long first, long last) {
        lock.lock();
        try {
            Lane lane = lane(look.instrument());
            if (lane != null && ofGeneration == generation && !goesOn(lane, first)) {
                return lane.position;
            }
            // the lock is held twice: nobody comes between the look and the taking, unless it waits for room
            put(ofGeneration, look, received, last);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean waitForRoom(long ofGeneration) {
        try {
            while (backlog.isOver(options.softBound()) && ofGeneration == generation && !isClosed) {
                taken.await();
            }
            return !isClosed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The other side gave a sign of life, in microseconds since the epoch. Any thread. */
    void heard(long received) {
        heard = Math.max(heard, received);
    }

    /** See {@code Source.time}: while something waits here, time has come as far as what was last given out. */
    @Nullable
    Time time() {
        lock.lock();
        try {
            if (heard == 0) {
                return null;
            }
            long received = backlog.size() == 0 && overflow.isEmpty() ? micros.getAsLong() : lastTaken;
            told = Math.max(told, received);
            return new Time(venue, told, Math.min(heard, told));
        } finally {
            lock.unlock();
        }
    }

    private void take(Look look, long received, long ownPosition) {
        heard(received);
        counters.add(Count.RECEIVED, 1);
        Lane lane = lane(look.instrument());
        if (lane == null) {
            counters.add(Count.UNOWNED, 1);
            return;
        }
        pass(lane, look, received, position(lane, ownPosition));
        if (lane.state != FeedState.LIVE && look.weight() == Weight.SNAPSHOT) {
            state(lane, FeedState.LIVE, "snapshot received");
        }
    }

    private void pass(Lane lane, Look look, long received, @Nullable String position) {
        Received message = new Received(venue, look.instrument(), look.channel(), received, look.payload(), position);
        if (mode.isThrottled()) {
            backlog.add(message, look.weight());
        } else {
            keepUp(lane, message, look.weight());
        }
        wakePoller();
    }

    private @Nullable String position(Lane lane, long ownPosition) {
        if (ownPosition >= 0) {
            lane.position = Math.max(lane.position, ownPosition);
            return Long.toString(lane.position);
        }
        return mode.isReplay() ? Long.toString(++lane.position) : null;
    }

    private void keepUp(Lane lane, Received message, Weight weight) {
        if (weight == Weight.SNAPSHOT) {
            lane.awaitsSnapshot = false;
        }
        if (!overflow.isEmpty() || (backlog.isOver(options.softBound()) && isReaderAway())) {
            spool(lane, message, weight);
            return;
        }
        if (weight == Weight.QUOTE && (isOverloaded || backlog.isOver(options.softBound()))) {
            conflate(message);
        }
        boolean hasRoom = !backlog.isOver(options.hardBound()) || dropBooks();
        if (weight == Weight.BOOK && lane.awaitsSnapshot) {
            counters.add(Count.BOOKS_DROPPED, 1);
        } else if (hasRoom) {
            backlog.add(message, weight);
        } else {
            spool(lane, message, weight);
        }
    }

    private boolean isReaderAway() {
        return nanos.getAsLong() - lastPoll > TimeUnit.MILLISECONDS.toNanos(options.stalledMs());
    }

    private void conflate(Received message) {
        if (message.instrument() != null && backlog.supersede(message.instrument(), message.channel())) {
            counters.add(Count.CONFLATED, 1);
        }
    }

    private boolean dropBooks() {
        Instrument instrument = backlog.mostBooks(options.hardBound() / FEW_BOOKS);
        if (instrument == null) {
            return false;
        }
        Lane lane = lanes.get(instrument);
        if (lane == null) {
            return false;
        }
        String reason = "book dropped, too much was waiting";
        lane.state = FeedState.RESYNC;
        counters.add(Count.BOOKS_DROPPED, backlog.dropBooks(instrument, status(lane, FeedState.RESYNC, reason)));
        lane.awaitsSnapshot = mode.hasStreamSnapshots();
        unheeded.put(instrument, reason);
        return true;
    }

    private void spool(Lane lane, Received message, Weight weight) {
        if (weight == Weight.BOOK && lane.awaitsSnapshot) {
            counters.add(Count.BOOKS_DROPPED, 1);
            return;
        }
        if (overflow.add(message, weight) || !isBook(weight) || lane.instrument == null) {
            return;
        }
        String reason = "book dropped, the spool is full";
        lane.awaitsSnapshot = mode.hasStreamSnapshots();
        if (lane.state != FeedState.RESYNC) {
            lane.state = FeedState.RESYNC;
            overflow.add(status(lane, FeedState.RESYNC, reason), Weight.KEEP);
        }
        unheeded.put(lane.instrument, reason);
    }

    private static boolean isBook(Weight weight) {
        return weight == Weight.BOOK || weight == Weight.SNAPSHOT;
    }

    private void askForSnapshots() {
        Map<Instrument, String> asked;
        lock.lock();
        try {
            if (unheeded.isEmpty()) {
                return;
            }
            asked = Map.copyOf(unheeded);
            unheeded.clear();
        } finally {
            lock.unlock();
        }
        asked.forEach(resync::needed);
    }

    /** The connection is down or silent: nothing of what is owned is live. */
    void lost(String detail) {
        states(FeedState.STALE, detail);
    }

    /** A fresh snapshot has been asked for. */
    void resyncing(Instrument instrument, String detail) {
        lock.lock();
        try {
            Lane lane = lanes.get(instrument);
            if (lane != null && lane.state != FeedState.RESYNC) {
                state(lane, FeedState.RESYNC, detail);
            }
        } finally {
            lock.unlock();
        }
    }

    private void states(FeedState state, String detail) {
        lock.lock();
        try {
            for (Lane lane : lanes.values()) {
                if (lane.state != state) {
                    state(lane, state, detail);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Puts a word about a stream behind what has arrived of it. Never waits: there are few of them. */
    private void state(Lane lane, FeedState state, String detail) {
        lane.state = state;
        if (mode.isReplay()) {
            return;
        }
        Received status = status(lane, state, detail);
        if (mode.isThrottled()) {
            backlog.add(status, Weight.KEEP);
        } else {
            keepUp(lane, status, Weight.KEEP);
        }
        wakePoller();
    }

    private Received status(Lane lane, FeedState state, String detail) {
        String word = switch (state) {
            case LIVE -> "live";
            case STALE -> "stale";
            case GAP -> "gap";
            case RESYNC -> "resync";
            case HALTED -> "halted";
            case LIMIT_ONLY -> "limit_only";
            case POST_ONLY -> "post_only";
        };
        StringBuilder json = new StringBuilder("{\"status\":\"").append(word).append("\",\"detail\":");
        String payload = Text.quote(json, detail).append('}').toString();
        return new Received(venue, lane.instrument, STATUS_CHANNEL, micros.getAsLong(), payload, null);
    }

    private @Nullable Lane lane(@Nullable Instrument instrument) {
        if (instrument == null) {
            return ownsConnection ? connection : null;
        }
        return lanes.get(instrument);
    }

    private void wakePoller() {
        if (isPollerWaiting) {
            arrived.signal();
        }
    }

    /** See {@code Source.poll}. */
    List<Received> poll(int max, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waitForMessage(waitMs);
            List<Received> messages = new ArrayList<>(Math.min(max, backlog.size() + 16));
            Received next = next();
            while (next != null) {
                messages.add(next);
                lastTaken = Math.max(lastTaken, next.received());
                next = messages.size() < max ? next() : null;
            }
            taken.signalAll();
            lastPoll = nanos.getAsLong();
            return messages;
        } finally {
            lock.unlock();
        }
    }

    private void waitForMessage(long waitMs) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(waitMs);
        isPollerWaiting = true;
        try {
            while (left > 0 && backlog.size() == 0 && overflow.isEmpty() && !isClosed) {
                left = arrived.awaitNanos(left);
                lastPoll = nanos.getAsLong();
            }
        } finally {
            isPollerWaiting = false;
        }
    }

    private @Nullable Received next() {
        Received next = backlog.take();
        if (next != null) {
            return next;
        }
        next = overflow.take();
        while (next != null && lane(next.instrument()) == null) {
            next = overflow.take();
        }
        return next;
    }

    void overloaded(boolean overloaded) {
        lock.lock();
        try {
            isOverloaded = overloaded;
        } finally {
            lock.unlock();
        }
    }

    /** Messages in memory. */
    int size() {
        lock.lock();
        try {
            return backlog.size() + overflow.inMemory();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            taken.signalAll();
            arrived.signalAll();
            overflow.close();
        } finally {
            lock.unlock();
        }
    }
}
