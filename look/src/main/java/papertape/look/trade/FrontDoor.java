package papertape.look.trade;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import papertape.common.bus.Bus;
import papertape.common.bus.Partitions;
import papertape.common.bus.Redis;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.value.AccountId;
import papertape.common.value.MessageId;

/**
 * A running stack as a script meets it: messages are published on the channels without a partition, answers are read from
 * the journals.
 */
public final class FrontDoor {
    /** Longest wait for somebody to stand at the door: a lease that runs out and a new owner. */
    private static final long NOBODY_MS = 8_000;

    private static final long PAUSE_MS = 10;

    private final Bus bus;
    private final Partitions partitions;
    private final boolean isDataTime;
    private final MessageCodec codec = new MessageCodec();
    private int sent;

    /**
     * @param isDataTime whether the market data has a time of its own (a recording, a simulation), so that requests must
     *     bear that time instead of the clock's
     */
    public FrontDoor(Bus bus, int partitions, boolean isDataTime) {
        this.bus = bus;
        this.partitions = new Partitions(partitions);
        this.isDataTime = isDataTime;
    }

    public Bus bus() {
        return bus;
    }

    /** What becomes known of an account on a channel from now on. */
    public Answers listen(Channel channel, AccountId account) {
        return new Answers(bus, channel, List.of(partitions.of(account.value())));
    }

    /** What is sent on all partitions of a channel from now on. */
    public Answers listen(Channel channel) {
        return new Answers(
                bus, channel, IntStream.range(0, partitions.count()).boxed().toList());
    }

    /** A header of this moment with an id of its own. */
    public Header header() {
        long ts = now();
        MessageId id = MessageId.of("cli." + ProcessHandle.current().pid() + "-" + serverMicros() + "-" + ++sent);
        return new Header(id, ts, null, serverMicros());
    }

    /** Event time in microseconds: of the latest mark where the data has its own time, else the server's clock. */
    public long now() {
        long latest = 0;
        if (isDataTime) {
            for (byte[] text :
                    bus.redis().rawHash(bus.keys().last(Channel.MARKS)).values()) {
                if (codec.decode(Redis.text(text)) instanceof Mark mark) {
                    latest = Math.max(latest, mark.ts());
                }
            }
        }
        return latest == 0 ? serverMicros() : latest;
    }

    private long serverMicros() {
        List<?> time = (List<?>) Objects.requireNonNull(bus.redis().call("TIME"));
        return Long.parseLong(Redis.text((byte[]) time.get(0))) * 1_000_000
                + Long.parseLong(Redis.text((byte[]) time.get(1)));
    }

    /**
     * Publishes a message at its channel's front door. Published again only while nobody receives it, so it enters once.
     *
     * @throws Redis.Unavailable when nobody has come to the door
     */
    public void publish(Channel channel, Message message) {
        String name = bus.keys().channel(channel);
        String text = codec.encode(message);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NOBODY_MS);
        while ((Long) Objects.requireNonNull(bus.redis().call("PUBLISH", name, text)) == 0) {
            if (System.nanoTime() > deadline) {
                throw new Redis.Unavailable(
                        "nobody listens at " + name + ": does risk-service run? (papertape status)", null);
            }
            pause();
        }
    }

    /** Waits a moment before looking again. */
    public static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Redis.Unavailable("interrupted", e);
        }
    }
}
