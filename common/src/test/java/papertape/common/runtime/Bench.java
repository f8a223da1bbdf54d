package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Frame;
import papertape.common.bus.Partitions;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.json.MessageCodec;
import papertape.common.message.CancelOrder;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.Signal;
import papertape.common.testredis.FaultyLine;
import papertape.common.testredis.TestRedis;
import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.StrategyId;

/** Sends signals, runs workers of the stage under test, and compares what came out with what must have. */
final class Bench implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String FEEDER = "feeder";

    final TestRedis redis;
    final Config config;
    final Partitions partitions;
    private Bus bus;
    private final long feederEpoch;
    private final MessageCodec codec = new MessageCodec();
    private final Map<String, List<String>> expected = new TreeMap<>();
    private final Map<String, Long> next = new HashMap<>();
    private final List<Running> running = new ArrayList<>();
    private long sent;

    /** A worker in a thread of its own. */
    static final class Running {
        final Worker worker;
        private final Thread thread;
        private volatile Throwable failure = new IllegalStateException("still running");
        private volatile boolean isDone;

        Running(Worker worker) {
            this.worker = worker;
            this.thread = new Thread(this::run, "worker");
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                worker.run();
                isDone = true;
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        void stop() {
            worker.stop();
            try {
                thread.join(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(isDone).as("the worker ended in order: %s", failure).isTrue();
        }

        boolean isAlive() {
            return thread.isAlive();
        }
    }

    Bench(TestRedis redis) {
        this(redis, Map.of());
    }

    Bench(TestRedis redis, Map<String, String> settings) {
        this.redis = redis;
        this.config = redis.config(settings);
        this.partitions = new Partitions(config.bus().partitions());
        this.bus = redis.bus();
        this.feederEpoch =
                Objects.requireNonNull(bus.acquire(FEEDER, 0, FEEDER, 600_000)).get("epoch");
    }

    Bus bus() {
        return bus;
    }

    /** After Redis was away. */
    void reconnect() {
        bus.redis().close();
        bus = redis.bus();
    }

    Running start(Service service) {
        return start(service, config);
    }

    Running start(Service service, FaultyLine line) {
        return start(service, redis.config(Map.of("PAPERTAPE_REDIS_URL", line.url())));
    }

    private Running start(Service service, Config with) {
        Running worker = new Running(service.worker(with));
        running.add(worker);
        return worker;
    }

    static AccountId account(int i) {
        return AccountId.of("account" + i);
    }

    /** One signal for each of so many accounts, in frames as a producer would send them. */
    void send(int accounts) {
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (int i = 0; i < accounts; i++) {
            AccountId account = account(i);
            String reason = "r" + next.merge(account.value(), 1L, Long::sum);
            lines.computeIfAbsent(partitions.of(account.value()), any -> new ArrayList<>())
                    .add(codec.encode(signal(account, reason)));
            expect(account, reason);
        }
        frames(lines);
    }

    /** One text as it is for an account's partition, behind which nothing is expected. */
    void sendText(AccountId account, String text) {
        frames(Map.of(partitions.of(account.value()), List.of(text)));
    }

    void sendReason(AccountId account, String reason) {
        sendText(account, codec.encode(signal(account, reason)));
    }

    void expect(AccountId account, String reason) {
        List<String> all = expected.computeIfAbsent(account.value(), any -> new ArrayList<>());
        all.add(account + "/" + (all.size() + 1) + "/" + reason);
    }

    private void frames(Map<Integer, List<String>> lines) {
        Commit commit = new Commit(bus.keys(), FEEDER, 0, feederEpoch);
        lines.forEach((partition, texts) -> commit.frame(
                Channel.SIGNALS,
                partition,
                texts.size(),
                String.join("\n", texts).getBytes(StandardCharsets.UTF_8)));
        assertThat(bus.commit(List.of(commit))).containsOnlyNulls();
    }

    Signal signal(AccountId account, String reason) {
        sent++;
        return new Signal(
                new Header(MessageId.of("feeder.0-" + sent), sent, null, sent),
                StrategyId.of("test"),
                account,
                Instrument.of("X:Y"),
                Direction.LONG,
                1,
                Price.of("1"),
                reason);
    }

    /** Waits until all that was sent has been answered, then compares every account's answers, in order, with what must be. */
    void expectEachAnsweredOnce() {
        long wanted = expected.values().stream().mapToLong(List::size).sum();
        until(() -> answers() >= wanted);
        assertThat(answered()).isEqualTo(expected);
    }

    long answers() {
        return total(Channel.ORDERS);
    }

    long total(Channel channel) {
        return bus.sequences().entrySet().stream()
                .filter(each -> each.getKey().startsWith(channel.text() + "."))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<String, List<String>> answered() {
        Map<String, List<String>> found = new TreeMap<>();
        Map<String, Long> last = new HashMap<>();
        for (Message message : journal(Channel.ORDERS)) {
            // a task numbers what it sends: with two owners at once a number would be there twice, or out of order
            String[] id = message.header().id().value().split("-");
            long number = Long.parseLong(id[1]);
            assertThat(number).as("number of what %s sent", id[0]).isGreaterThan(last.getOrDefault(id[0], 0L));
            last.put(id[0], number);
            CancelOrder order = (CancelOrder) message;
            found.computeIfAbsent(order.account().value(), any -> new ArrayList<>())
                    .add(order.orderId().value());
        }
        return found;
    }

    /** Everything that was ever sent on a channel; fails where its numbers have a hole. */
    List<Message> journal(Channel channel) {
        List<Message> all = new ArrayList<>();
        for (int p = 0; p < partitions.count(); p++) {
            long last = 0;
            for (Frame frame : bus.journal().read(channel, p, 1, 10_000_000)) {
                assertThat(frame.seq()).as("%s.%s", channel.text(), p).isEqualTo(last + 1);
                last = frame.last();
                for (int i = 0; i < frame.count(); i++) {
                    all.add(codec.decode(frame.line(i)));
                }
            }
        }
        return all;
    }

    List<DeadLetter> deadLetters() {
        return journal(Channel.DEADLETTER).stream().map(DeadLetter.class::cast).toList();
    }

    void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    /** How many of a stage's partitions each worker owns. */
    Map<String, Integer> owners(String stage) {
        Map<String, Integer> owners = new LinkedHashMap<>();
        for (String owner : bus.owners(stage, partitions.count())) {
            if (!owner.isEmpty()) {
                owners.merge(owner, 1, Integer::sum);
            }
        }
        return owners;
    }

    void untilShared(int workers) {
        until(() -> {
            Map<String, Integer> owners = owners("echo");
            return owners.size() == workers
                    && owners.values().stream().mapToInt(Integer::intValue).sum() == partitions.count();
        });
    }

    void publish(Channel channel, String text) {
        until(() -> (Long) Objects.requireNonNull(
                        bus.redis().call("PUBLISH", bus.keys().channel(channel), text))
                > 0);
    }

    Redis anotherConnection() {
        return redis.connect();
    }

    @Override
    public void close() {
        for (Running each : running) {
            each.worker.stop();
        }
        bus.redis().close();
    }
}
