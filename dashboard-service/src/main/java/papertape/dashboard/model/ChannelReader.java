package papertape.dashboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.bus.Subscriber;
import papertape.common.config.Config;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.text.Cause;

/**
 * Reads the channels into the model, as every stage reads them, and registers nowhere: journals are not kept for it. What it
 * misses while Redis is away it reads from the journals afterwards.
 */
public final class ChannelReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelReader.class);

    /** Read from the beginning of their journals: an account's or an order's life is as long as the stack's. */
    private static final List<Channel> WHOLE =
            List.of(Channel.ACCOUNTS, Channel.EXECUTIONS, Channel.PNL, Channel.SIGNALS, Channel.DEADLETTER);

    /** Of market data the latest is enough. */
    private static final int TICKS_BEFORE = 5_000;

    private static final long POLL_MICROS = 100_000;
    private static final long RETRY_MS = 500;
    private static final int STARTS_WITH_INSTRUMENT = 1_024;

    private final Config config;
    private final Keys keys;
    private final Model model;
    private final MessageCodec codec = new MessageCodec();
    private final Map<String, PartitionCursor> cursors = new TreeMap<>();
    private final Map<String, Channel> channels = new TreeMap<>();
    private final Map<String, Integer> partitions = new TreeMap<>();
    private volatile boolean isStopping;
    private volatile boolean isConnected;
    private volatile boolean isCaughtUp;
    private volatile String stackId = "";
    private volatile long in;
    private volatile long undecoded;
    private @Nullable Redis redis;

    public ChannelReader(Config config, Model model) {
        this.config = config;
        this.keys = Keys.of(config.bus().namespace());
        this.model = model;
    }

    /** Until {@link #stop}. */
    @Override
    public void run() {
        try (Subscriber subscriber = new Subscriber(config.redis(), "dashboard", keys.channel(Channel.CONTROL))) {
            subscriber.add(wanted());
            subscriber.start();
            while (!isStopping) {
                try {
                    read(subscriber);
                } catch (Redis.Unavailable | Redis.Refused e) {
                    isConnected = false;
                    LOG.atWarn().addKeyValue("cause", Cause.of(e)).log("redis is away");
                    close();
                    TimeUnit.MILLISECONDS.sleep(RETRY_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    public void stop() {
        isStopping = true;
    }

    private void close() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }

    private Set<String> wanted() {
        Set<String> names = new TreeSet<>();
        List<Channel> journaled = new ArrayList<>(WHOLE);
        journaled.add(Channel.TICKS);
        for (Channel channel : journaled) {
            for (int p = 0; p < config.bus().partitions(); p++) {
                String name = keys.channel(channel, p);
                names.add(name);
                channels.put(name, channel);
                partitions.put(name, p);
            }
        }
        names.add(keys.channel(Channel.MARKS));
        return names;
    }

    private void read(Subscriber subscriber) throws InterruptedException {
        Redis connected = Redis.connect(config.redis(), "dashboard");
        redis = connected;
        Bus bus = new Bus(connected, keys);
        String found = bus.stackId();
        Map<String, Long> sequences = bus.sequences();
        if (!stackId.equals(found) || hasLost(sequences)) {
            model.clear();
            cursors.clear();
        }
        stackId = found;
        start(bus, sequences);
        isConnected = true;
        while (!isStopping) {
            subscriber.check();
            Subscriber.Arrival arrival = subscriber.poll(POLL_MICROS);
            if (arrival == null) {
                connected.call("PING");
            } else {
                take(arrival, bus);
            }
        }
    }

    /** Whether Redis has forgotten messages that were read, as after a crash: stages make them again, perhaps others. */
    private boolean hasLost(Map<String, Long> sequences) {
        return cursors.values().stream()
                .anyMatch(cursor -> cursor.next() > sequences.getOrDefault(cursor.name(), 0L) + 1);
    }

    /** Everything that is in the journals and has not been read: all of it at the first time. */
    private void start(Bus bus, Map<String, Long> sequences) {
        channels.forEach((name, channel) -> {
            int partition = partitions.getOrDefault(name, 0);
            long last = sequences.getOrDefault(channel.text() + "." + partition, 0L);
            long first = channel == Channel.TICKS ? Math.max(1, last - TICKS_BEFORE) : 1;
            cursors.computeIfAbsent(name, any -> new PartitionCursor(channel, partition, first, this::take))
                    .catchUp(bus.journal());
        });
        bus.redis().rawHash(keys.last(Channel.MARKS)).values().forEach(text -> take(text, 0, text.length));
        isCaughtUp = true;
    }

    private void take(Subscriber.Arrival arrival, Bus bus) {
        PartitionCursor cursor = cursors.get(arrival.channel());
        if (cursor == null) {
            if (arrival.channel().equals(keys.channel(Channel.MARKS)) && !arrival.isSubscription()) {
                take(arrival.bytes(), 0, arrival.bytes().length);
            }
        } else if (arrival.isSubscription()) {
            cursor.catchUp(bus.journal());
        } else {
            cursor.published(Frame.of(arrival.bytes()), bus.journal());
        }
    }

    private void take(byte[] bytes, int from, int length) {
        in = in + 1;
        try {
            if (MessageCodec.peek(bytes, from, Math.min(length, STARTS_WITH_INSTRUMENT)) != Clock.class) {
                model.accept(codec.decode(bytes, from, length, null));
            }
        } catch (CodecException e) {
            undecoded = undecoded + 1;
            LOG.atDebug().addKeyValue("cause", Cause.of(e)).log("message cannot be read");
        }
    }

    public boolean isConnected() {
        return isConnected;
    }

    public boolean isCaughtUp() {
        return isCaughtUp;
    }

    /** Of the stack whose data Redis holds; empty before the first connection. */
    public String stackId() {
        return stackId;
    }

    /** Messages read since the start. */
    public long in() {
        return in;
    }

    public long undecoded() {
        return undecoded;
    }
}
