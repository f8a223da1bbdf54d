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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.bench.Results.Bare;
import papertape.bench.Results.Overhead;
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
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What the same server, client library and codec do with the same text when nothing else is asked of them. */
final class Baseline implements AutoCloseable {
    private static final int PIPELINED = 64;
    private static final int FRAME = 16;
    private static final int[] FRAMES = {1, 16, 64};
    private static final int TASKS = 8;
    private static final int ROUNDS = 5;
    private static final int TIMEOUT_MS = 10_000;
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

    private Baseline(Home home, Process server, int port, double seconds) {
        this.home = home;
        this.server = server;
        this.port = port;
        this.seconds = seconds;
    }

    /** What was found. */
    record Found(List<Bare> bare, List<Overhead> overhead) {}

    /** @param seconds each figure may take */
    static Found measure(double seconds) throws IOException, InterruptedException {
        try (Baseline baseline = open(seconds);
                Jedis listener = baseline.jedis(0)) {
            listen(listener);
            List<Bare> bare = baseline.bare();
            List<Overhead> overhead = new ArrayList<>();
            for (int messages : FRAMES) {
                overhead.add(baseline.overhead(messages));
            }
            return new Found(bare, overhead);
        }
    }

    static byte[] lines(int messages) {
        return String.join("\n", Collections.nCopies(messages, TRADE)).getBytes(StandardCharsets.UTF_8);
    }

    /** A server of its own, answering. */
    static Baseline open(double seconds) throws IOException, InterruptedException {
        Home home = new Home(Files.createTempDirectory("papertape-bench-redis"));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path program = RedisServer.program(home);
        Process server = new ProcessBuilder(RedisServer.command(program, port, home.redis(), "everysec", "baseline"))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        Baseline baseline = new Baseline(home, server, port, seconds);
        baseline.awaitServer();
        return baseline;
    }

    private List<Bare> bare() {
        List<Bare> all = new ArrayList<>();
        try (Jedis jedis = jedis(TIMEOUT_MS)) {
            all.add(bare("PUBLISH, one a message", publishing(jedis, lines(1), 1, PIPELINED)));
            all.add(bare("PUBLISH, frames of 16", publishing(jedis, lines(FRAME), FRAME, PIPELINED)));
            all.add(bare("XADD + PUBLISH script, one a message", appending(jedis, lines(1), 1)));
            all.add(bare("XADD + PUBLISH script, frames of 16", appending(jedis, lines(FRAME), FRAME)));
            jedis.flushDB();
        }
        all.add(bare("JSON decode + encode, one core", codec()));
        return all;
    }

    private Bare bare(String what, Round round) {
        double perSecond = perSecond(round, seconds);
        return new Bare(what, perSecond, perSecond * lines(1).length / 1e6);
    }

    /** Both in turns, so that whatever else the machine does meanwhile is with both; the median of each. */
    private Overhead overhead(int messages) {
        List<double[]> publishes = new ArrayList<>();
        List<double[]> commits = new ArrayList<>();
        try (Jedis jedis = jedis(TIMEOUT_MS);
                Redis redis = connect()) {
            Round publish = publishing(jedis, lines(messages), messages, TASKS);
            Round commit = committing(redis, lines(messages), messages);
            for (int i = 0; i < ROUNDS; i++) {
                publishes.add(timed(publish, messages));
                commits.add(timed(commit, messages));
                Set<byte[]> journals = jedis.keys("bench:journal:*".getBytes(StandardCharsets.UTF_8));
                jedis.del(journals.toArray(new byte[0][]));
            }
            jedis.flushDB();
        }
        return new Overhead(
                messages, median(publishes, 0), median(commits, 0), median(publishes, 1), median(commits, 1));
    }

    /** Frames a second, and microseconds of the server's CPU for one. */
    private double[] timed(Round round, int messages) {
        long pid = server.pid();
        double before = Processes.cpuSeconds(Map.of("redis", pid)).getOrDefault("redis", 0.0);
        double[] frames = new double[1];
        double perSecond = perSecond(
                () -> {
                    int done = round.run();
                    frames[0] += done / (double) messages;
                    return done;
                },
                seconds / 2);
        double after = Processes.cpuSeconds(Map.of("redis", pid)).getOrDefault("redis", 0.0);
        return new double[] {perSecond / messages, (after - before) * 1e6 / frames[0]};
    }

    private static double median(List<double[]> all, int field) {
        double[] sorted = all.stream().mapToDouble(each -> each[field]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void awaitServer() throws InterruptedException {
        while (server.isAlive()) {
            try (Jedis jedis = jedis(TIMEOUT_MS)) {
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

    private static Round publishing(Jedis jedis, byte[] text, int messages, int pipelined) {
        byte[] channel = "bench".getBytes(StandardCharsets.UTF_8);
        return () -> {
            try (Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < pipelined; i++) {
                    pipeline.publish(channel, text);
                }
                pipeline.sync();
            }
            return pipelined * messages;
        };
    }

    private static Round appending(Jedis jedis, byte[] text, int messages) {
        byte[] sha = jedis.scriptLoad(SCRIPT.getBytes(StandardCharsets.UTF_8));
        byte[] stream = "stream".getBytes(StandardCharsets.UTF_8);
        byte[] channel = "bench".getBytes(StandardCharsets.UTF_8);
        return () -> {
            try (Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < PIPELINED; i++) {
                    pipeline.evalsha(sha, 1, stream, channel, text);
                }
                pipeline.sync();
            }
            return PIPELINED * messages;
        };
    }

    /** With the protocol that the bus speaks. */
    private Jedis jedis(int timeoutMs) {
        return new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder()
                        .resp2()
                        .socketTimeoutMillis(timeoutMs)
                        .build());
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

    private static Round codec() {
        MessageCodec codec = new MessageCodec();
        Bytes out = new Bytes(1024);
        byte[] one = lines(1);
        return () -> {
            for (int i = 0; i < 1_000; i++) {
                out.reset();
                codec.encode(codec.decode(one, 0, one.length, null), out);
            }
            return 1_000;
        };
    }

    interface Round {
        int run();
    }

    private static double perSecond(Round round, double seconds) {
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
