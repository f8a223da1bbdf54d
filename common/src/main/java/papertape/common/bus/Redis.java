package papertape.common.bus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.config.ConfigException;
import papertape.common.config.RedisSettings;
import papertape.common.config.RedisUrl;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to Redis for commands, with explicit pipelining: {@link #send} several, then {@link #replies}. Used by
 * one thread. A connection that has failed stays failed; make a new one.
 */
public final class Redis implements AutoCloseable {
    private static final int TIMEOUT_MS = 5_000;

    /** Redis could not be reached, or the connection broke. What was under way may or may not have happened. */
    public static class Unavailable extends RuntimeException {
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** There is no secure connection to be had: waiting does not help, a person must act. */
    public static final class Untrusted extends Unavailable {
        Untrusted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Redis answers that it cannot work yet: it reads what it kept, or a script holds it up. Waiting helps. */
    public static final class Busy extends Unavailable {
        Busy(String message) {
            super(message, null);
        }

        static boolean is(String no) {
            return no.startsWith("LOADING") || no.startsWith("BUSY ");
        }
    }

    /** Redis understood and said no. */
    public static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }

        /** Whether a commit came from a worker whose task another worker has taken. */
        public boolean isFenced() {
            return getMessage().startsWith("FENCED");
        }

        /** Whether a commit began from other offsets than those that stand. */
        public boolean isOffset() {
            return getMessage().startsWith("OFFSET");
        }

        boolean isNoScript() {
            return getMessage().startsWith("NOSCRIPT");
        }
    }

    private final Connection connection;
    private final String shown;
    private int pending;

    private Redis(Connection connection, String shown) {
        this.connection = connection;
        this.shown = shown;
    }

    /**
     * Connects and loads the scripts.
     *
     * @param name shown by {@code CLIENT LIST}
     * @throws Unavailable when Redis cannot be reached
     * @throws Untrusted when its certificate is not trusted
     * @throws Refused when it wants other credentials
     * @throws ConfigException when the URL or the trust store cannot be used
     */
    public static Redis connect(RedisSettings settings, String name) {
        Redis redis = open(settings, name, TIMEOUT_MS);
        try {
            for (Scripts script : Scripts.values()) {
                redis.load(script);
            }
            return redis;
        } catch (Refused e) {
            redis.close();
            throw refused(redis.shown, e.getMessage());
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    static Redis open(RedisSettings settings, String name, int timeoutMs) {
        RedisUrl url = url(settings);
        DefaultJedisClientConfig.Builder client = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(TIMEOUT_MS)
                .socketTimeoutMillis(timeoutMs)
                .database(url.database())
                .clientName(name);
        if (url.isSecure()) {
            client.sslOptions(Tls.options(settings));
        }
        if (!url.user().isEmpty()) {
            client.user(url.user());
        }
        if (!url.password().isEmpty()) {
            client.password(url.password());
        }
        String shown = url.shown();
        try {
            Connection connection = new Connection(new HostAndPort(url.host(), url.port()), client.build());
            connection.connect();
            return new Redis(connection, shown);
        } catch (JedisConnectionException e) {
            throw unavailable(shown, e);
        } catch (JedisDataException e) {
            throw refused(shown, String.valueOf(e.getMessage()));
        }
    }

    private static Unavailable unavailable(String shown, JedisConnectionException e) {
        String complaint = Tls.complaint(e);
        return complaint == null
                ? new Unavailable("redis at " + shown + " cannot be reached", e)
                : new Untrusted(
                        "no secure connection to redis at " + shown + ": " + complaint
                                + " (redis.trustStore names the file with the certificates that are trusted)",
                        e);
    }

    /** A no to who asks, with what to do about it; any other no as it is. */
    private static RuntimeException refused(String shown, String no) {
        if (Busy.is(no)) {
            return new Busy("redis at " + shown + " is not ready: " + no);
        }
        boolean isAboutCredentials = no.startsWith("NOAUTH") || no.startsWith("WRONGPASS");
        return new Refused(
                isAboutCredentials
                        ? "redis at " + shown + " wants other credentials than the URL has: " + no
                                + " (PAPERTAPE_REDIS_URL, redis://user:password@host:port)"
                        : no);
    }

    private static RedisUrl url(RedisSettings settings) {
        try {
            return RedisUrl.of(settings.url().value());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of("redis.url: " + e.getMessage()));
        }
    }

    /** The raw connection, for a subscription. */
    Connection connection() {
        return connection;
    }

    private void load(Scripts script) {
        call(Protocol.Command.SCRIPT, bytes("LOAD"), script.text);
    }

    /** Sends a command without waiting for its reply. */
    void send(ProtocolCommand command, byte[]... args) {
        try {
            connection.sendCommand(command, args);
            pending++;
        } catch (JedisConnectionException e) {
            throw new Unavailable("connection to redis at " + shown + " lost", e);
        }
    }

    /**
     * Replies to all that was sent, in order; a no from Redis is among them as a {@link Refused}.
     *
     * @throws Busy when Redis does not work yet
     */
    List<Object> replies() {
        int count = pending;
        pending = 0;
        try {
            List<Object> replies = connection.getMany(count);
            List<Object> result = new ArrayList<>(count);
            for (Object reply : replies) {
                result.add(reply instanceof JedisDataException e ? no(e) : reply);
            }
            return result;
        } catch (JedisConnectionException e) {
            throw new Unavailable("connection to redis at " + shown + " lost", e);
        }
    }

    private Refused no(JedisDataException e) {
        String no = String.valueOf(e.getMessage());
        if (Busy.is(no)) {
            throw new Busy("redis at " + shown + " is not ready: " + no);
        }
        return new Refused(no);
    }

    /** Sends one command and waits for its reply. */
    @Nullable
    Object call(ProtocolCommand command, byte[]... args) {
        send(command, args);
        Object reply = replies().getFirst();
        if (reply instanceof Refused no) {
            throw no;
        }
        return reply;
    }

    public @Nullable Object call(String command, String... args) {
        byte[][] bytes = new byte[args.length][];
        for (int i = 0; i < args.length; i++) {
            bytes[i] = bytes(args[i]);
        }
        return call(Protocol.Command.valueOf(command), bytes);
    }

    /** Runs a script; loads it first where Redis has forgotten it. */
    @Nullable
    Object eval(Scripts script, int keys, List<byte[]> keysAndArgs) {
        byte[][] args = evalArgs(script, keys, keysAndArgs);
        try {
            return call(Protocol.Command.EVALSHA, args);
        } catch (Refused e) {
            if (!e.isNoScript()) {
                throw e;
            }
            load(script);
            return call(Protocol.Command.EVALSHA, args);
        }
    }

    void sendEval(Scripts script, int keys, List<byte[]> keysAndArgs) {
        send(Protocol.Command.EVALSHA, evalArgs(script, keys, keysAndArgs));
    }

    private static byte[][] evalArgs(Scripts script, int keys, List<byte[]> keysAndArgs) {
        byte[][] args = new byte[keysAndArgs.size() + 2][];
        args[0] = script.sha;
        args[1] = bytes(Integer.toString(keys));
        for (int i = 0; i < keysAndArgs.size(); i++) {
            args[i + 2] = keysAndArgs.get(i);
        }
        return args;
    }

    /** A hash as text. */
    public Map<String, String> hash(String key) {
        Map<String, String> result = new LinkedHashMap<>();
        rawHash(key).forEach((field, value) -> result.put(field, text(value)));
        return result;
    }

    public Map<String, byte[]> rawHash(String key) {
        return pairs(call(Protocol.Command.HGETALL, bytes(key)));
    }

    static Map<String, byte[]> pairs(@Nullable Object reply) {
        List<?> list = (List<?>) Objects.requireNonNull(reply);
        Map<String, byte[]> result = new LinkedHashMap<>(list.size());
        for (int i = 0; i < list.size(); i += 2) {
            result.put(text((byte[]) list.get(i)), (byte[]) list.get(i + 1));
        }
        return result;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (RuntimeException e) {
            // what was to be closed is broken already
            connection.setBroken();
        }
    }
}
