package papertape.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import papertape.cli.audit.JournalScan;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.bus.Redis;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Signal;
import papertape.common.message.Trade;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.TradeId;

/** A stack of signal workers alone, slowed to a millisecond a message, with the test in ETL's place before it. */
final class SlowSignals implements AutoCloseable {
    static final int PARTITIONS = 8;
    static final int LEASE_MS = 3_000;

    private static final String STAGE = "signal";
    private static final int PER_FRAME = 50;

    private final Stack stack;
    private final Redis redis;
    private final Bus bus;
    private final Keys keys;
    private final List<Instrument> instruments = new ArrayList<>();
    private final MessageCodec codec = new MessageCodec();
    private final Map<Integer, Map<String, Long>> etl = new TreeMap<>();
    private final long[] sent = new long[PARTITIONS];

    SlowSignals(Path folder) throws IOException {
        Partitions partitions = new Partitions(PARTITIONS);
        for (int p = 0, n = 0; p < PARTITIONS; n++) {
            Instrument instrument = Instrument.of("COINBASE:T" + n + "-USD");
            if (partitions.of(instrument.name()) == p) {
                instruments.add(instrument);
                p++;
            }
        }
        Map<Stages, Integer> none = new TreeMap<>();
        for (Stages stage : Stages.values()) {
            none.put(stage, 0);
        }
        StackOptions options = new StackOptions(
                "coinbase",
                "ws://127.0.0.1:1",
                "",
                none,
                "",
                "http://127.0.0.1:1",
                List.of(Files.writeString(folder.resolve("slow.yaml"), yaml())),
                Map.of("PAPERTAPE_BUS_LEASE_MS", Integer.toString(LEASE_MS)),
                true);
        stack = Stack.start(new Home(folder), options, System.out::println);
        redis = Redis.connect(stack.redisSettings(), "papertape-test");
        keys = Keys.of(stack.config().bus().namespace());
        bus = new Bus(redis, keys);
        for (int p = 0; p < PARTITIONS; p++) {
            etl.put(p, bus.acquire("etl", p, "test", 3_600_000));
        }
    }

    private String yaml() {
        StringBuilder yaml = new StringBuilder("strategies:\n  - name: slow\n    kind: " + DelayStrategy.KIND
                + "\n    account: demo\n    instruments: [\"*\"]\n    sizing: notional\n    size: 1\n"
                + "    ordType: market\n    tif: ioc\ninstruments:\n");
        for (Instrument instrument : instruments) {
            yaml.append("  - {name: \"").append(instrument).append("\", tick: 0.01, lot: 0.01, minQty: 0.01, ")
                    .append("maxQty: 1000, base: X, quote: USD}\n");
        }
        return yaml.toString();
    }

    Stack stack() {
        return stack;
    }

    /** Starts or stops workers and waits until each has its share. */
    void scale(int workers) throws IOException, InterruptedException {
        stack.scale(Stages.SIGNAL, workers);
        awaitShared(workers);
    }

    void awaitShared(int workers) throws InterruptedException {
        int most = (PARTITIONS + workers - 1) / workers;
        int owning = Math.min(workers, PARTITIONS);
        await("each of " + workers + " workers has its share", 120, () -> {
            List<String> owners = owners();
            Set<String> different = new HashSet<>(owners);
            return bus.workers(STAGE).size() == workers
                    && !different.contains("")
                    && different.size() == owning
                    && different.stream()
                            .allMatch(each ->
                                    owners.stream().filter(each::equals).count() <= most);
        });
    }

    List<String> owners() {
        return bus.owners(STAGE, PARTITIONS);
    }

    /** Publishes trades, as many in each partition, in frames. */
    void publish(int perPartition) {
        for (int done = 0; done < perPartition; done += PER_FRAME) {
            List<Commit> commits = new ArrayList<>();
            for (int p = 0; p < PARTITIONS; p++) {
                commits.add(commit(p, Math.min(PER_FRAME, perPartition - done)));
            }
            for (Redis.Refused no : bus.commit(commits)) {
                if (no != null) {
                    throw no;
                }
            }
        }
    }

    private Commit commit(int partition, int count) {
        Commit commit = new Commit(keys, "etl", partition, etl.get(partition).get("epoch"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long number = ++sent[partition];
            Header header = new Header(new MessageId("etl." + partition + "-" + number), number, null, number);
            lines.append(i == 0 ? "" : "\n")
                    .append(codec.encode(new Trade(
                            header,
                            instruments.get(partition),
                            Price.of("100"),
                            Qty.of("1"),
                            null,
                            TradeId.of(Long.toString(number)),
                            number)));
        }
        commit.frame(Channel.TICKS, partition, count, lines.toString().getBytes(StandardCharsets.UTF_8));
        return commit;
    }

    /** How far each partition has been handled. */
    long[] handled() {
        long[] handled = new long[PARTITIONS];
        List<Map<String, Long>> tasks = bus.tasks(STAGE, PARTITIONS);
        for (int p = 0; p < PARTITIONS; p++) {
            handled[p] = tasks.get(p).getOrDefault(Channel.TICKS.text(), 0L);
        }
        return handled;
    }

    void awaitHandled() throws InterruptedException {
        await("everything is handled", 120, () -> java.util.Arrays.equals(handled(), sent));
    }

    /** Signals that complain about the order of trades; the strategy gives no others. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        new JournalScan(bus, PARTITIONS).run(bus.sequences(), (channel, message) -> {
            if (message instanceof Signal signal) {
                complaints.add(signal.reason());
            }
        });
        return complaints;
    }

    /** A condition to come true. */
    interface Condition {
        boolean holds();
    }

    static void await(String what, int seconds, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + seconds + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Override
    public void close() {
        redis.close();
        stack.close();
    }
}
