package papertape.common.bus;

import java.util.function.BiConsumer;
import papertape.common.config.RedisSettings;
import papertape.common.message.Channel;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Looks on at a channel, all partitions of it, as {@code redis-cli PSUBSCRIBE} does. */
public final class Watcher implements AutoCloseable {
    private final Redis redis;
    private final BinaryJedisPubSub subscription;
    private final byte[] pattern;

    /** @param sink takes each pub/sub channel's name and what was published; called by {@link #run}'s thread */
    public Watcher(RedisSettings settings, Keys keys, Channel channel, BiConsumer<String, byte[]> sink) {
        this.redis = Redis.open(settings, "papertape-tail", 0);
        this.pattern = Redis.bytes(channel.isJournaled() ? keys.channel(channel) + ".*" : keys.channel(channel));
        this.subscription = new BinaryJedisPubSub() {
            @Override
            public void onPMessage(byte[] matched, byte[] name, byte[] message) {
                sink.accept(Redis.text(name), message);
            }
        };
    }

    /**
     * Looks on until the sink throws something.
     *
     * @throws Redis.Unavailable when the connection ends
     */
    public void run() {
        try {
            subscription.proceedWithPatterns(redis.connection(), pattern);
        } catch (JedisConnectionException e) {
            throw new Redis.Unavailable("connection to redis lost", e);
        }
        throw new Redis.Unavailable("the subscription has ended", null);
    }

    @Override
    public void close() {
        redis.close();
    }
}
