package papertape.common.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.message.Channel;
import papertape.common.testredis.TestRedis;

/** The scripts on a real Redis. */
class BusTest {
    private static final int LEASE_MS = 10_000;

    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private Redis redis = REDIS.connect();
    private Bus bus = new Bus(redis, REDIS.keys());

    @BeforeEach
    void connect() {
        redis.close();
        redis = REDIS.connect();
        bus = new Bus(redis, REDIS.keys());
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    private long acquire(String stage, String worker) {
        return Objects.requireNonNull(bus.acquire(stage, 0, worker, LEASE_MS)).get("epoch");
    }

    private Commit commit(String stage, long epoch) {
        return new Commit(bus.keys(), stage, 0, epoch);
    }

    private void done(Commit commit) {
        assertThat(bus.commit(List.of(commit))).containsOnlyNulls();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> journal(Channel channel, int partition) {
        List<String> lines = new ArrayList<>();
        for (Frame frame : bus.journal().read(channel, partition, 1, 1_000_000)) {
            assertThat(frame.seq()).isEqualTo(lines.size() + 1);
            for (int i = 0; i < frame.count(); i++) {
                lines.add(frame.line(i));
            }
        }
        return lines;
    }

    @Test
    void partitionIsTheCrcThatRedisClusterUses() {
        assertThat(Partitions.crc16(bytes("123456789"))).isEqualTo(0x31C3);
        assertThat(new Partitions(8).of("123456789")).isEqualTo(0x31C3 % 8);
        // as CLUSTER KEYSLOT tells
        assertThat(Partitions.crc16(bytes("foo")) % 16_384).isEqualTo(12_182);
    }

    @Test
    void aFrameIsReadAsItWasWritten() {
        Frame frame = Frame.of(bytes("{\"seq\":1027,\"n\":2}\n{\"a\":1}\n{\"b\":2}"));

        assertThat(frame.seq()).isEqualTo(1027);
        assertThat(frame.last()).isEqualTo(1028);
        assertThat(List.of(frame.line(0), frame.line(1))).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void whatDoesNotBeginWithAHeaderIsNoFrame() {
        for (String text : List.of(
                "",
                "hello",
                "{\"seq\":1}",
                "{\"seq\":1,\"n\":1}",
                "{\"seq\":0,\"n\":1}\nx",
                "{\"seq\":1,\"n\":0}\nx",
                "{\"seq\":x,\"n\":1}\nx",
                "{\"seq\":1,\"n\":1",
                "{\"n\":1,\"seq\":1}\nx")) {
            assertThatThrownBy(() -> Frame.of(bytes(text))).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void messagesAreNumberedWithoutHolesWhileSeveralProducersAppend() throws Exception {
        int producers = 4;
        int commits = 100;
        try (ExecutorService threads = Executors.newFixedThreadPool(producers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                String name = "producer" + p;
                running.add(threads.submit(() -> {
                    try (Redis own = REDIS.connect()) {
                        Bus mine = new Bus(own, REDIS.keys());
                        long epoch = Objects.requireNonNull(mine.acquire(name, 0, "w", LEASE_MS))
                                .get("epoch");
                        for (int i = 0; i < commits; i++) {
                            Commit commit = new Commit(mine.keys(), name, 0, epoch);
                            commit.frame(
                                    Channel.TICKS, 3, 2, bytes(name + "-" + 2 * i + "\n" + name + "-" + (2 * i + 1)));
                            assertThat(mine.commit(List.of(commit))).containsOnlyNulls();
                        }
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }

        List<String> lines = journal(Channel.TICKS, 3);
        assertThat(lines).hasSize(producers * commits * 2);
        for (int p = 0; p < producers; p++) {
            String name = "producer" + p + "-";
            List<String> mine =
                    lines.stream().filter(line -> line.startsWith(name)).toList();
            for (int i = 0; i < mine.size(); i++) {
                assertThat(mine.get(i)).isEqualTo(name + i);
            }
        }
        assertThat(bus.sequences()).containsEntry("ticks.3", (long) producers * commits * 2);
    }

    @Test
    void whatIsPublishedIsWhatTheJournalHolds() throws Exception {
        List<byte[]> heard = new ArrayList<>();
        CountDownLatch isHeard = new CountDownLatch(1);
        try (Subscriber subscriber =
                new Subscriber(REDIS.settings(), "test", REDIS.keys().rebalance("test"))) {
            subscriber.add(Set.of(bus.keys().channel(Channel.TICKS, 1)));
            subscriber.start();
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                Subscriber.Arrival arrival = subscriber.poll(100_000);
                return arrival != null && arrival.channel().endsWith("ticks.1") && arrival.isSubscription();
            });
            Commit commit = commit("s", acquire("s", "w"));
            commit.frame(Channel.TICKS, 1, 1, bytes("{\"x\":1}"));
            done(commit);
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                Subscriber.Arrival arrival = subscriber.poll(100_000);
                if (arrival != null && arrival.bytes().length > 0) {
                    heard.add(arrival.bytes());
                    isHeard.countDown();
                }
                return isHeard.getCount() == 0;
            });
        }

        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst())
                .isEqualTo(
                        bus.journal().read(Channel.TICKS, 1, 1, 10).getFirst().bytes());
    }

    @Test
    void aCommitIsDoneWhole() {
        long epoch = acquire("s", "w");
        Commit first = commit("s", epoch);
        first.set("t|gone", bytes("1"));
        done(first);
        Commit commit = commit("s", epoch);
        commit.move("raw", 0, 7);
        commit.move("out", 0, 2);
        commit.set("t|a", bytes("2"));
        commit.remove("t|gone");
        commit.frame(Channel.TICKS, 0, 2, bytes("x\ny"));
        commit.plain(Channel.MARKS, "X:Y", bytes("m"));
        commit.lastValue(Channel.PNL, "demo", bytes("p"));

        done(commit);

        assertThat(bus.task("s", 0)).containsEntry("raw", 7L).containsEntry("out", 2L);
        assertThat(redis.hash(bus.keys().state("s", 0))).containsExactly(Map.entry("t|a", "2"));
        assertThat(journal(Channel.TICKS, 0)).containsExactly("x", "y");
        assertThat(redis.hash(bus.keys().last(Channel.MARKS))).containsExactly(Map.entry("X:Y", "m"));
        assertThat(redis.hash(bus.keys().last(Channel.PNL))).containsExactly(Map.entry("demo", "p"));
    }

    /** Held by the epoch check of the commit script. */
    @Test
    void aCommitUnderAnOldEpochIsFencedAndChangesNothing() {
        long old = acquire("s", "w");
        acquire("s", "w");
        Commit commit = commit("s", old);
        commit.move("raw", 0, 7);
        commit.set("t|a", bytes("2"));
        commit.frame(Channel.TICKS, 0, 1, bytes("x"));

        Redis.Refused no = Objects.requireNonNull(bus.commit(List.of(commit)).getFirst());

        assertThat(no.isFenced()).isTrue();
        assertThat(bus.task("s", 0)).containsOnlyKeys("epoch");
        assertThat(redis.hash(bus.keys().state("s", 0))).isEmpty();
        assertThat(journal(Channel.TICKS, 0)).isEmpty();
    }

    /** Held by the expected-value check of the commit script. */
    @Test
    void aCommitFromAnotherOffsetIsRefusedAndChangesNothing() {
        long epoch = acquire("s", "w");
        Commit first = commit("s", epoch);
        first.move("raw", 0, 7);
        first.frame(Channel.TICKS, 0, 1, bytes("x"));
        done(first);
        Commit again = commit("s", epoch);
        again.move("raw", 0, 7);
        again.set("t|a", bytes("2"));
        again.frame(Channel.TICKS, 0, 1, bytes("x"));

        Redis.Refused no = Objects.requireNonNull(bus.commit(List.of(again)).getFirst());

        assertThat(no.isOffset()).isTrue();
        assertThat(no).hasMessageContaining("raw is 7, not 0");
        assertThat(redis.hash(bus.keys().state("s", 0))).isEmpty();
        assertThat(journal(Channel.TICKS, 0)).containsExactly("x");
    }

    @Test
    void oneRefusedCommitOfSeveralLeavesTheOthersAlone() {
        long epoch = acquire("s", "w");
        long other = acquire("z", "w");
        Commit bad = commit("s", epoch + 1);
        bad.move("raw", 0, 7);
        Commit good = commit("z", other);
        good.move("raw", 0, 7);

        List<Redis.Refused> results = new ArrayList<>(bus.commit(List.of(bad, good)));

        assertThat(results.getFirst()).isNotNull();
        assertThat(results.getLast()).isNull();
        assertThat(bus.task("z", 0)).containsEntry("raw", 7L);
    }

    @Test
    void aCommitOfManyEntriesIsDoneWhole() {
        long epoch = acquire("s", "w");
        Commit commit = commit("s", epoch);
        for (int i = 0; i < 25_000; i++) {
            commit.set("t|" + i, bytes("" + i));
        }
        done(commit);
        assertThat(redis.hash(bus.keys().state("s", 0))).hasSize(25_000).containsEntry("t|24999", "24999");
        Commit removal = commit("s", epoch);
        for (int i = 0; i < 24_999; i++) {
            removal.remove("t|" + i);
        }
        done(removal);
        assertThat(redis.hash(bus.keys().state("s", 0))).containsExactly(Map.entry("t|24999", "24999"));
    }

    @Test
    void scriptsThatRedisHasForgottenAreLoadedAgain() {
        long epoch = acquire("s", "w");
        redis.call("SCRIPT", "FLUSH");
        Commit one = commit("s", epoch);
        one.move("raw", 0, 1);
        Commit two = commit("s", epoch);
        two.move("ticks", 0, 1);

        assertThat(bus.commit(List.of(one, two))).containsOnlyNulls();
        redis.call("SCRIPT", "FLUSH");
        assertThat(bus.renew("s", "w", LEASE_MS, Map.of(0, epoch)).lost()).isEmpty();

        assertThat(bus.task("s", 0)).containsEntry("raw", 1L).containsEntry("ticks", 1L);
    }

    @Test
    void theJournalIsReadFromTheFrameThatHoldsAMessage() {
        long epoch = acquire("s", "w");
        for (String lines : List.of("1\n2\n3", "4", "5\n6")) {
            Commit commit = commit("s", epoch);
            commit.frame(Channel.TICKS, 0, lines.split("\n").length, bytes(lines));
            done(commit);
        }

        assertThat(bus.journal().read(Channel.TICKS, 0, 2, 10))
                .extracting(Frame::seq)
                .containsExactly(1L, 4L, 5L);
        assertThat(bus.journal().read(Channel.TICKS, 0, 4, 10))
                .extracting(Frame::seq)
                .containsExactly(4L, 5L);
        assertThat(bus.journal().read(Channel.TICKS, 0, 6, 10))
                .extracting(Frame::seq)
                .containsExactly(5L);
        assertThat(bus.journal().read(Channel.TICKS, 0, 6, 10))
                .extracting(Frame::last)
                .containsExactly(6L);
        assertThat(bus.journal().read(Channel.TICKS, 0, 7, 10)).isEmpty();
        assertThat(bus.journal().read(Channel.TICKS, 0, 1, 2)).hasSize(2);
    }

    @Test
    void trimmingKeepsEveryMessageFromTheGivenOneOn() {
        long epoch = acquire("s", "w");
        for (int i = 0; i < 2_000; i++) {
            Commit commit = commit("s", epoch);
            commit.frame(Channel.TICKS, 0, 2, bytes("a\nb"));
            done(commit);
        }

        bus.journal().trim(Channel.TICKS, 0, 3_000);

        Frame first = bus.journal().read(Channel.TICKS, 0, 1, 1).getFirst();
        assertThat(first.seq()).isGreaterThan(1).isLessThanOrEqualTo(3_000);
        assertThat(bus.journal().read(Channel.TICKS, 0, 3_000, 1).getFirst().seq())
                .isEqualTo(2_999);
    }

    @Test
    void onlyOneWorkerGetsATaskAndEveryAcquisitionRaisesTheEpoch() {
        long first = acquire("s", "one");

        assertThat(bus.acquire("s", 0, "two", LEASE_MS)).isNull();
        assertThat(bus.task("s", 0)).containsEntry("epoch", first);
        assertThat(acquire("s", "one")).isEqualTo(first + 1);
        bus.release("s", 0, "two");
        assertThat(bus.owners("s", 1)).containsExactly("one");
        bus.release("s", 0, "one");
        assertThat(bus.owners("s", 1)).containsExactly("");
        assertThat(acquire("s", "two")).isEqualTo(first + 2);
    }

    @Test
    void aLeaseRunsOutByTheServersClockUnlessItIsRenewed() {
        int lease = 400;
        long epoch = Objects.requireNonNull(bus.acquire("s", 0, "one", lease)).get("epoch");
        long end = System.nanoTime() + 1_000_000_000L;
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    assertThat(bus.renew("s", "one", lease, Map.of(0, epoch)).lost())
                            .isEmpty();
                    assertThat(bus.acquire("s", 0, "two", lease)).isNull();
                    return System.nanoTime() > end;
                });

        await().atMost(Duration.ofSeconds(5)).until(() -> bus.acquire("s", 0, "two", lease) != null);

        assertThat(bus.renew("s", "one", lease, Map.of(0, epoch)).lost()).containsExactly(0);
    }

    @Test
    void aLeaseThatRanOutIsTakenUpAgainWhenNobodyElseHadTheTask() {
        long epoch = Objects.requireNonNull(bus.acquire("s", 0, "one", 100)).get("epoch");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> bus.owners("s", 1).getFirst().isEmpty());

        assertThat(bus.renew("s", "one", LEASE_MS, Map.of(0, epoch)).lost()).isEmpty();
        assertThat(bus.owners("s", 1)).containsExactly("one");
        bus.release("s", 0, "one");
        acquire("s", "two");
        bus.release("s", 0, "two");

        assertThat(bus.renew("s", "one", LEASE_MS, Map.of(0, epoch)).lost()).containsExactly(0);
    }

    @Test
    void workersThatSayNothingAreForgotten() {
        bus.renew("s", "silent", 200, Map.of());
        assertThat(bus.renew("s", "loud", LEASE_MS, Map.of()).workers()).containsExactly("loud", "silent");

        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        bus.renew("s", "loud", LEASE_MS, Map.of()).workers().equals(List.of("loud")));
        bus.leave("s", "loud");

        assertThat(bus.renew("s", "next", LEASE_MS, Map.of()).workers()).containsExactly("next");
    }

    @Test
    void whatMustNotChangeIsRefusedWhenItDoes() {
        bus.agreeOn("partitions", 8);
        bus.agreeOn("partitions", 8);

        assertThatThrownBy(() -> bus.agreeOn("partitions", 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("partitions 8")
                .hasMessageContaining("configuration 4");
    }

    @Test
    void theWorstLagIsThatOfTheSlowestConsumer() {
        long epoch = acquire("fast", "w");
        Commit sent = commit("fast", epoch);
        sent.frame(Channel.TICKS, 0, 3, bytes("a\nb\nc"));
        sent.frame(Channel.TICKS, 1, 1, bytes("a"));
        sent.move("ticks", 0, 2);
        done(sent);

        assertThat(bus.worstLag(Map.of(Channel.TICKS, Set.of("fast")), 2)).isEqualTo(1);
        assertThat(bus.worstLag(Map.of(Channel.TICKS, Set.of("fast", "slow")), 2))
                .isEqualTo(3);
        assertThat(bus.worstLag(Map.of(), 2)).isZero();
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        assertThatThrownBy(() ->
                        Redis.connect(papertape.common.config.RedisSettings.at("redis://:secret@127.0.0.1:1"), "test"))
                .isInstanceOf(Redis.Unavailable.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("secret");
    }

    private void mark(long epoch, String price) {
        Commit commit = commit("marker", epoch);
        commit.plain(Channel.MARKS, "X:A", bytes(price));
        done(commit);
    }

    private List<String> stepMarks() {
        return redis.rawHash(bus.keys().stepMarks()).values().stream()
                .map(Redis::text)
                .toList();
    }

    @Test
    void a_step_keeps_the_marks_from_before_it_until_the_next() {
        long epoch = acquire("marker", "w");
        mark(epoch, "1");

        assertThat(bus.beginStep(1, "1 ticks.0=1")).isEqualTo("1 ticks.0=1");
        mark(epoch, "2");

        assertThat(stepMarks()).containsExactly("1");
        assertThat(bus.beginStep(1, "1 ticks.0=9"))
                .as("a number is given out once")
                .isEqualTo("1 ticks.0=1");
        assertThat(stepMarks()).containsExactly("1");
        assertThat(bus.beginStep(2, "2 ticks.0=2")).isEqualTo("2 ticks.0=2");
        assertThat(stepMarks()).containsExactly("2");
    }
}
