package papertape.common.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.config.RedisSettings;
import papertape.common.text.Cause;
import redis.clients.jedis.BinaryJedisPubSub;

/**
 * A worker's ear: a thread that takes what is published on the channels of the worker's tasks and puts it into a bounded
 * queue. What does not fit, or is missed while the connection is away, is not its business: the holes are filled from the
 * journal.
 */
public final class Subscriber implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int MAX_ARRIVALS = 65_536;
    /** A small heap must not be filled by what waits. */
    private static final long MAX_BYTES =
            Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

    private static final int BACKOFF_MIN_MS = 50;
    private static final int BACKOFF_MAX_MS = 2_000;

    /**
     * Something was published.
     *
     * @param isSubscription nothing was published, the channel has just been subscribed to: what was published before may
     *     have been missed
     */
    public record Arrival(String channel, byte[] bytes, boolean isSubscription) {}

    private static final byte[] NOTHING = new byte[0];
    private static final long CHECK_NS = 1_000_000_000;
    private static final int MAX_SILENT_CHECKS = 5;

    private final RedisSettings settings;
    private final String name;
    private final String idle;
    private final BlockingQueue<Arrival> queue = new ArrayBlockingQueue<>(MAX_ARRIVALS);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Set<String> channels = new TreeSet<>();
    private final Thread thread;
    private volatile boolean isStopping;
    private volatile @Nullable Subscription subscription;
    private volatile boolean hasHeard;
    private long nextCheck = System.nanoTime();
    private int silentChecks;

    /** @param idle a channel that is always subscribed to, since Redis ends a subscription to nothing */
    public Subscriber(RedisSettings settings, String name, String idle) {
        this.settings = settings;
        this.name = name;
        this.idle = idle;
        channels.add(idle);
        thread = new Thread(this::run, "subscriber");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Subscribes to more channels; what is published from the moment Redis has been told arrives. Any thread. */
    public void add(Set<String> more) {
        synchronized (channels) {
            if (!channels.addAll(more)) {
                return;
            }
            tell(current -> current.subscribe(more.stream().map(Redis::bytes).toArray(byte[][]::new)));
        }
    }

    /** Ends the subscription to channels. Any thread. */
    public void remove(Set<String> fewer) {
        synchronized (channels) {
            channels.removeAll(fewer);
            channels.add(idle);
            byte[][] gone = fewer.stream()
                    .filter(channel -> !channel.equals(idle))
                    .map(Redis::bytes)
                    .toArray(byte[][]::new);
            if (gone.length > 0) {
                tell(current -> current.unsubscribe(gone));
            }
        }
    }

    /** Looks whether the connection is alive, now and then; one that is silent though asked is replaced. */
    public void check() {
        long now = System.nanoTime();
        if (now - nextCheck < 0) {
            return;
        }
        nextCheck = now + CHECK_NS;
        silentChecks = hasHeard ? 0 : silentChecks + 1;
        hasHeard = false;
        synchronized (channels) {
            if (silentChecks > MAX_SILENT_CHECKS) {
                silentChecks = 0;
                abandon();
            } else {
                tell(BinaryJedisPubSub::ping);
            }
        }
    }

    /** Forgets what has been heard, hands it over, and listens anew over another connection. */
    public List<Arrival> restart() {
        synchronized (channels) {
            abandon();
        }
        List<Arrival> forgotten = new ArrayList<>();
        queue.drainTo(forgotten);
        forgotten.forEach(arrival -> queuedBytes.addAndGet(-arrival.bytes.length));
        return forgotten;
    }

    /** Does something over a connection that may be broken: then there will be another, which subscribes to all. */
    private void tell(Consumer<Subscription> what) {
        Subscription current = subscription;
        if (current != null && current.isSubscribed()) {
            try {
                what.accept(current);
            } catch (RuntimeException e) {
                LOG.atDebug().addKeyValue("cause", Cause.of(e)).log("subscription is broken");
                abandon();
            }
        }
    }

    private void abandon() {
        Subscription current = subscription;
        subscription = null;
        if (current != null) {
            current.isAbandoned = true;
            current.redis.close();
        }
    }

    /** The next arrival, or null when there is none within the time. */
    public @Nullable Arrival poll(long waitMicros) throws InterruptedException {
        Arrival arrival = queue.poll();
        if (arrival == null && waitMicros > 0) {
            arrival = queue.poll(waitMicros, TimeUnit.MICROSECONDS);
        }
        if (arrival != null) {
            queuedBytes.addAndGet(-arrival.bytes.length);
        }
        return arrival;
    }

    /** Whether Redis has confirmed the subscription, and not only the connection: it may refuse the channels. */
    public boolean isListening() {
        Subscription current = subscription;
        return current != null && current.isComplete;
    }

    /** How many arrivals did not fit into the queue. */
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        int backoffMs = BACKOFF_MIN_MS;
        boolean isOutage = false;
        while (!isStopping) {
            subscription = null;
            try (Redis redis = Redis.open(settings, name + ".sub", 0)) {
                subscribeUntilBroken(redis);
            } catch (RuntimeException e) {
                if (isListening()) {
                    backoffMs = BACKOFF_MIN_MS;
                    isOutage = false;
                }
                if (!isStopping && !isOutage) {
                    isOutage = true;
                    LOG.atWarn().addKeyValue("cause", Cause.of(e)).log("subscription lost");
                }
            }
            if (!isStopping) {
                pause(ThreadLocalRandom.current().nextInt(backoffMs) + 1);
                backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
            }
        }
    }

    private void subscribeUntilBroken(Redis redis) {
        Subscription current = new Subscription(redis);
        byte[][] wanted;
        synchronized (channels) {
            wanted = new ArrayList<>(channels).stream().map(Redis::bytes).toArray(byte[][]::new);
            subscription = current;
            hasHeard = true;
        }
        current.proceed(redis.connection(), wanted);
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(Arrival arrival) {
        if (queuedBytes.get() > MAX_BYTES || !queue.offer(arrival)) {
            dropped.incrementAndGet();
            return;
        }
        queuedBytes.addAndGet(arrival.bytes.length);
    }

    @Override
    public void close() {
        isStopping = true;
        Subscription current = subscription;
        if (current != null && current.isSubscribed()) {
            try {
                current.unsubscribe();
            } catch (RuntimeException e) {
                LOG.atDebug().addKeyValue("cause", Cause.of(e)).log("connection was gone already");
            }
        }
        thread.interrupt();
    }

    private final class Subscription extends BinaryJedisPubSub {
        private final Redis redis;
        private volatile boolean isAbandoned;
        private volatile boolean isComplete;

        Subscription(Redis redis) {
            this.redis = redis;
        }

        @Override
        public void onPong(byte[] pattern) {
            hasHeard = true;
        }

        @Override
        public void onMessage(byte[] channel, byte[] message) {
            if (isAbandoned) {
                return;
            }
            hasHeard = true;
            offer(new Arrival(Redis.text(channel), message, false));
        }

        @Override
        public void onSubscribe(byte[] channel, int count) {
            if (isAbandoned) {
                return;
            }
            hasHeard = true;
            offer(new Arrival(Redis.text(channel), NOTHING, true));
            if (!isComplete) {
                isComplete = true;
                subscribeLatecomers();
            }
        }

        /** Channels that were added between the connection's start and its first confirmation. */
        private void subscribeLatecomers() {
            synchronized (channels) {
                subscribe(channels.stream().map(Redis::bytes).toArray(byte[][]::new));
            }
        }
    }
}
