package papertape.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.bench.Results.Bare;
import papertape.cli.stack.Home;
import papertape.cli.stack.RedisServer;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;
import papertape.common.json.Bytes;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What the same server, client library and codec do with the same text when nothing else is asked of them. */
final class Baseline implements AutoCloseable {
    private static final int PIPELINED = 64;
    private static final int FRAME = 16;
    private static final int TASKS = 8;
    private static final String TRADE = "{\"type\":\"trade\",\"id\":\"etl.3-881\",\"ts\":1700000000000000,"
            + "\"cause\":\"feed.3-880\",\"origin\":1700000000000123,\"instrument\":\"SIM:S042-USD\","
            + "\"price\":\"50000.01\",\"qty\":\"0.0125\",\"side\":\"buy\",\"tradeId\":\"123456\",\"venueSeq\":987654}";
    private static final String SCRIPT = """
            redis.call('XADD', KEYS[1], '*', 'f', ARGV[2])
            return redis.call('PUBLISH', ARGV[1], ARGV[2])
            """;

    private final Home home;
    private final Process server;
    private final int port;
    private final double seconds;
    private final byte[] one = TRADE.getBytes(StandardCharsets.UTF_8);
    private final byte[] sixteen =
            String.join("\n", Collections.nCopies(FRAME, TRADE)).getBytes(StandardCharsets.UTF_8);

    private Baseline(Home home, Process server, int port, double seconds) {
        this.home = home;
        this.server = server;
        this.port = port;
        this.seconds = seconds;
    }

    static List<Bare> measure(double seconds) throws IOException, InterruptedException {
        try (Baseline baseline = open(seconds)) {
            return baseline.run();
        }
    }

    /** A server of its own, answering. */
    static Baseline open(double seconds) throws IOException, InterruptedException {
        Home home = new Home(Files.createTempDirectory("papertape-bench-redis"));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path program = RedisServer.program(home);
        Process server = new ProcessBuilder(RedisServer.command(program, port, home.redis(), "everysec"))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        Baseline baseline = new Baseline(home, server, port, seconds);
        baseline.awaitServer();
        return baseline;
    }

    private List<Bare> run() throws InterruptedException {
        List<Bare> all = new ArrayList<>();
        try (Jedis listener = new Jedis("127.0.0.1", port, 0);
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            listen(listener);
            all.add(new Bare("PUBLISH, one a message", publish(jedis, one, 1)));
            all.add(new Bare("PUBLISH, frames of 16", publish(jedis, sixteen, FRAME)));
            all.add(new Bare("XADD + PUBLISH script, one a message", append(jedis, one, 1)));
            all.add(new Bare("XADD + PUBLISH script, frames of 16", append(jedis, sixteen, FRAME)));
        }
        all.add(new Bare("commit script, one a message", commit(one, 1)));
        all.add(new Bare("commit script, frames of 16", commit(sixteen, FRAME)));
        all.add(new Bare("codec, decode + encode, one core", codec()));
        return all;
    }

    private void awaitServer() throws InterruptedException {
        while (server.isAlive()) {
            try (Jedis jedis = new Jedis("127.0.0.1", port)) {
                jedis.ping();
                return;
            } catch (JedisConnectionException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static void listen(Jedis listener) {
        Thread thread = new Thread(
                () -> {
                    try {
                        listener.psubscribe(
                                new BinaryJedisPubSub() {
                                    @Override
                                    public void onPMessage(byte[] pattern, byte[] channel, byte[] message) {
                                        // received is all it has to be
                                    }
                                },
                                "*".getBytes(StandardCharsets.UTF_8));
                    } catch (JedisConnectionException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "baseline-listener");
        thread.setDaemon(true);
        thread.start();
    }

    private double publish(Jedis jedis, byte[] text, int messages) {
        byte[] channel = "bench".getBytes(StandardCharsets.UTF_8);
        return perSecond(() -> {
            try (Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < PIPELINED; i++) {
                    pipeline.publish(channel, text);
                }
                pipeline.sync();
            }
            return PIPELINED * messages;
        });
    }

    private double append(Jedis jedis, byte[] text, int messages) {
        byte[] sha = jedis.scriptLoad(SCRIPT.getBytes(StandardCharsets.UTF_8));
        byte[] stream = "stream".getBytes(StandardCharsets.UTF_8);
        byte[] channel = "bench".getBytes(StandardCharsets.UTF_8);
        double perSecond = perSecond(() -> {
            try (Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < PIPELINED; i++) {
                    pipeline.evalsha(sha, 1, stream, channel, text);
                }
                pipeline.sync();
            }
            return PIPELINED * messages;
        });
        jedis.del(stream);
        return perSecond;
    }

    private double commit(byte[] text, int messages) {
        try (Redis redis = connect()) {
            return perSecond(committing(redis, text, messages));
        }
    }

    Redis connect() {
        return Redis.connect(RedisSettings.at("redis://127.0.0.1:" + port), "baseline");
    }

    /** Eight tasks commit at a time, as a worker's do: an offset, a count, and a frame each. */
    static Round committing(Redis redis, byte[] text, int messages) {
        Bus bus = new Bus(redis, Keys.of("bench:"));
        String stage = "stage" + messages;
        List<Long> epochs = new ArrayList<>();
        for (int p = 0; p < TASKS; p++) {
            @Nullable Map<String, Long> numbers = bus.acquire(stage, p, "bench", 600_000);
            epochs.add(Objects.requireNonNull(Objects.requireNonNull(numbers).get("epoch")));
        }
        long[] at = {0};
        return () -> {
            List<Commit> commits = new ArrayList<>();
            for (int p = 0; p < TASKS; p++) {
                Commit commit = new Commit(bus.keys(), stage, p, epochs.get(p));
                commit.move("raw", at[0], at[0] + messages);
                commit.move("out", at[0], at[0] + messages);
                commit.frame(Channel.TICKS, p, messages, text);
                commits.add(commit);
            }
            at[0] += messages;
            bus.commit(commits).forEach(no -> {
                if (no != null) {
                    throw no;
                }
            });
            return TASKS * messages;
        };
    }

    private double codec() {
        MessageCodec codec = new MessageCodec();
        Bytes out = new Bytes(1024);
        return perSecond(() -> {
            for (int i = 0; i < 1_000; i++) {
                out.reset();
                codec.encode(codec.decode(one, 0, one.length, null), out);
            }
            return 1_000;
        });
    }

    interface Round {
        int run();
    }

    private double perSecond(Round round) {
        long warm = System.nanoTime() + (long) (seconds * 5e8);
        while (System.nanoTime() < warm) {
            round.run();
        }
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long messages = 0;
        while (System.nanoTime() < end) {
            messages += round.run();
        }
        return messages / ((System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        try {
            server.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Rig.delete(home.folder());
    }
}
