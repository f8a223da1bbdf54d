package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.bus.Partitions;
import papertape.common.bus.ScriptCalls;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.Message;
import papertape.common.message.Raw;
import papertape.common.testredis.FaultyLine;
import papertape.common.testredis.FaultyLine.Fault;
import papertape.common.testredis.TestRedis;
import papertape.common.value.Instrument;

/** A source that can resume sends each of its messages once and in order, whatever happens to its workers. */
class SourceTest {
    private static final int INSTRUMENTS = 6;
    private static final int MESSAGES = 400;

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    /** Counts to {@value MESSAGES} for each of its instruments, going on from where it is told. */
    private static final class Counting implements Source {
        private final Partitions partitions;
        private final SortedMap<String, Long> next = new TreeMap<>();

        Counting(Partitions partitions) {
            this.partitions = partitions;
        }

        static String instrument(int i) {
            return "X:I" + i;
        }

        @Override
        public void assigned(SortedMap<Integer, Map<String, String>> owned) {
            for (int i = 0; i < INSTRUMENTS; i++) {
                String name = instrument(i);
                Map<String, String> saved = owned.get(partitions.of(name));
                if (saved == null) {
                    next.remove(name);
                } else {
                    // as a venue does: it looks at the saved position only where it begins
                    next.computeIfAbsent(name, any -> Long.parseLong(saved.getOrDefault(name, "-1")) + 1);
                }
            }
        }

        @Override
        public List<Received> poll(int max, long waitMs) throws InterruptedException {
            List<Received> received = new ArrayList<>();
            for (Map.Entry<String, Long> each : next.entrySet()) {
                for (int i = 0; i < 3 && each.getValue() < MESSAGES; i++) {
                    String n = Long.toString(each.getValue());
                    received.add(new Received("X", Instrument.of(each.getKey()), "c", 1, n, n));
                    each.setValue(each.getValue() + 1);
                }
            }
            Thread.sleep(2);
            return received;
        }

        @Override
        public boolean isThrottled() {
            return true;
        }

        @Override
        public void overloaded(boolean isOverloaded) {
            // it is slowed down anyway
        }

        @Override
        public void onControl(FeedStatus request) {
            // it has no snapshots
        }

        @Override
        public void close() {
            next.clear();
        }
    }

    private static Service service(Bench bench) {
        return Service.source("source", config -> new Counting(bench.partitions));
    }

    private static void expectAllOnce(Bench bench) {
        bench.until(() -> bench.total(Channel.RAW) >= (long) INSTRUMENTS * MESSAGES);
        Map<String, Long> next = new TreeMap<>();
        for (Message message : bench.journal(Channel.RAW)) {
            Raw raw = (Raw) message;
            String name = String.valueOf(raw.instrument());
            assertThat(raw.payload()).as(name).isEqualTo(Long.toString(next.merge(name, 1L, Long::sum) - 1));
        }
        assertThat(next).hasSize(INSTRUMENTS);
        assertThat(next.values()).containsOnly((long) MESSAGES);
    }

    @Test
    void workersThatJoinAndLeaveGoOnWhereTheOthersWere() {
        try (Bench bench = new Bench(REDIS)) {
            Bench.Running first = bench.start(service(bench));
            bench.until(() -> bench.total(Channel.RAW) > 100);
            bench.start(service(bench));
            bench.until(() -> bench.owners("source").size() == 2);
            first.stop();

            expectAllOnce(bench);
        }
    }

    @Test
    void aConnectionThatFailsAtAnyStepLosesAndDoublesNothing() throws Exception {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                for (String script : List.of("COMMIT", "RENEW", "ACQUIRE")) {
                    TestRedis redis = REDIS.beside();
                    all.add(threads.submit(() -> fail(redis, script, fault, script.equals("COMMIT"))));
                }
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static void fail(TestRedis redis, String script, Fault fault, boolean isWithAnother) {
        try (FaultyLine line = new FaultyLine(redis.host(), redis.port());
                Bench bench = new Bench(redis, Map.of("PAPERTAPE_BUS_LEASE_MS", "300"))) {
            line.failAt(ScriptCalls.of(script), script.equals("COMMIT") ? 20 : 2, fault, 500);
            bench.start(service(bench), line);
            bench.until(() -> bench.total(Channel.RAW) > 100);
            if (isWithAnother) {
                bench.start(service(bench));
            }
            expectAllOnce(bench);
            bench.until(() -> line.faults() == 1);
        } catch (AssertionError e) {
            throw new AssertionError(script + " " + fault, e);
        }
    }

    @Test
    void aWorkerThatWasPausedWhileAnotherWorkedReadsItsPartitionsAnew() {
        try (FaultyLine line = new FaultyLine(REDIS.host(), REDIS.port());
                Bench bench = new Bench(REDIS)) {
            bench.start(service(bench), line);
            bench.until(() -> bench.total(Channel.RAW) > 100);
            line.freeze();
            Bench.Running other = bench.start(service(bench));
            long before = bench.total(Channel.RAW);
            bench.until(() -> bench.total(Channel.RAW) > before + 100);
            other.stop();
            line.thaw();

            expectAllOnce(bench);
        }
    }

    /** It does not know of the other: that its epoch has risen by more than one is all it sees. */
    @Test
    void aWorkerThatWasCutOffWhileAnotherWorkedReadsItsPartitionsAnew() {
        try (FaultyLine line = new FaultyLine(REDIS.host(), REDIS.port());
                Bench bench = new Bench(REDIS)) {
            bench.start(service(bench), line);
            bench.until(() -> bench.total(Channel.RAW) > 100);
            line.cut();
            Bench.Running other = bench.start(service(bench));
            long before = bench.total(Channel.RAW);
            bench.until(() -> bench.total(Channel.RAW) > before + 100);
            other.stop();
            line.mend();

            expectAllOnce(bench);
        }
    }

    @Test
    void aMessageTooLargeForAFrameIsADeadLetterAndTheOthersAreSent() {
        Source large = new Source() {
            private int sent;

            @Override
            public void assigned(SortedMap<Integer, Map<String, String>> owned) {
                // it has one message for whoever asks
            }

            @Override
            public List<Received> poll(int max, long waitMs) throws InterruptedException {
                Thread.sleep(1);
                return sent++ > 0
                        ? List.of()
                        : List.of(
                                new Received("X", null, "c", 1, "before", null),
                                new Received("X", null, "c", 1, "x".repeat(2_000_000), null),
                                new Received("X", null, "c", 1, "half \ud83d", null),
                                new Received("X", null, "c", 1, "after", null));
            }

            @Override
            public boolean isThrottled() {
                return false;
            }

            @Override
            public void overloaded(boolean isOverloaded) {
                // there is nothing to conflate
            }

            @Override
            public void onControl(FeedStatus request) {
                // it has no snapshots
            }

            @Override
            public void close() {
                sent = 0;
            }
        };
        try (Bench bench = new Bench(REDIS)) {
            bench.start(Service.source("source", config -> large));

            bench.until(() -> bench.total(Channel.RAW) == 2 && bench.total(Channel.DEADLETTER) == 2);
            assertThat(bench.journal(Channel.RAW))
                    .extracting(message -> ((Raw) message).payload())
                    .containsExactly("before", "after");
            assertThat(bench.deadLetters().getFirst().reason()).contains("larger than a frame may be");
        }
    }
}
