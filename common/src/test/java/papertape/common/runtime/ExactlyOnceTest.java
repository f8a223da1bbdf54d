package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.bus.Redis;
import papertape.common.bus.Subscriber;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Message;
import papertape.common.testredis.FaultyLine;
import papertape.common.testredis.TestRedis;

/** Whatever happens to workers and connections, every signal is answered once and in order. */
class ExactlyOnceTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(REDIS);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void twoWorkersShareTheWork() {
        bench.start(Echo.service());
        bench.start(Echo.service());
        bench.untilShared(2);

        for (int i = 0; i < 200; i++) {
            bench.send(20);
        }

        bench.expectEachAnsweredOnce();
        assertThat(bench.owners("echo").values()).containsExactlyInAnyOrder(2, 2);
    }

    @Test
    void aWorkerThatStopsAndStartsGoesOnWhereItWas() {
        bench.send(20);
        for (int i = 0; i < 4; i++) {
            Bench.Running worker = bench.start(Echo.service());
            bench.send(20);
            bench.untilShared(1);
            worker.stop();
            assertThat(bench.owners("echo")).as("what was owned is given back").isEmpty();
            bench.send(20);
        }
        bench.start(Echo.service());

        bench.expectEachAnsweredOnce();
    }

    @Test
    void workersThatJoinAndLeaveTakeOverWithoutASignalLostOrDoubled() {
        bench.start(Echo.service());
        Bench.Running second = bench.start(Echo.service());
        bench.untilShared(2);
        bench.send(20);
        bench.start(Echo.service());
        for (int i = 0; i < 50; i++) {
            bench.send(20);
        }
        bench.untilShared(3);
        assertThat(bench.owners("echo").values()).containsExactlyInAnyOrder(2, 1, 1);
        second.stop();
        for (int i = 0; i < 50; i++) {
            bench.send(20);
        }
        bench.untilShared(2);

        bench.expectEachAnsweredOnce();
    }

    @Test
    void moreWorkersThanPartitionsStandByAndTakeOver() {
        List<Bench.Running> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            workers.add(bench.start(Echo.service()));
        }
        bench.untilShared(4);
        bench.send(20);
        workers.subList(0, 4).forEach(Bench.Running::stop);
        bench.untilShared(2);
        bench.send(20);

        bench.expectEachAnsweredOnce();
    }

    @Test
    void aWorkerThatIsCutOffIsReplacedWhenItsLeaseRunsOut() {
        try (FaultyLine line = new FaultyLine(REDIS.host(), REDIS.port())) {
            bench.start(Echo.service(), line);
            bench.untilShared(1);
            bench.send(20);
            line.cut();
            bench.send(20);
            bench.start(Echo.service());
            bench.send(20);

            bench.expectEachAnsweredOnce();

            line.mend();
            bench.untilShared(2);
            bench.send(20);
            bench.expectEachAnsweredOnce();
        }
    }

    @Test
    void aWorkerThatWasPausedPastItsLeaseDoesNoHarmWhenItComesBack() {
        try (FaultyLine line = new FaultyLine(REDIS.host(), REDIS.port())) {
            bench.start(Echo.service(), line);
            bench.untilShared(1);
            for (int i = 0; i < 5; i++) {
                bench.send(20);
                line.freeze();
                bench.send(20);
                Bench.Running other = bench.start(Echo.service());
                bench.expectEachAnsweredOnce();
                line.thaw();
                bench.send(20);
                bench.untilShared(2);
                bench.expectEachAnsweredOnce();
                other.stop();
            }
        }
    }

    /** Held by the filling of gaps from the journal. */
    @Test
    void whatASubscriberMissedIsReadFromTheJournal() {
        bench.start(Echo.service());
        bench.untilShared(1);
        bench.send(20);
        bench.expectEachAnsweredOnce();
        for (int i = 0; i < 5; i++) {
            bench.bus().redis().call("CLIENT", "KILL", "TYPE", "pubsub");
            bench.send(20);
            bench.send(20);

            bench.expectEachAnsweredOnce();
        }
    }

    /** What is in the journal but was never heard is found without anything that follows. */
    @Test
    void aFrameThatNobodyHeardIsFound() {
        bench.start(Echo.service());
        bench.untilShared(1);
        bench.send(20);
        bench.expectEachAnsweredOnce();
        // another process that appends to the journal and whose PUBLISH reaches nobody
        silently("{\"seq\":%d,\"n\":1}\n%s");

        bench.expectEachAnsweredOnce();
    }

    private void silently(String frame) {
        String key = Bench.account(0).value();
        String partition = "signals." + bench.partitions.of(key);
        Redis redis = bench.bus().redis();
        Long seq = (Long)
                Objects.requireNonNull(redis.call("HINCRBY", bench.bus().keys().sequences(), partition, "1"));
        String text = new papertape.common.json.MessageCodec().encode(bench.signal(Bench.account(0), "unheard"));
        String journal = bench.bus().keys().journal(Channel.SIGNALS, bench.partitions.of(key));
        redis.call("XADD", journal, seq + "-0", "f", String.format(frame, seq, text));
        bench.expect(Bench.account(0), "unheard");
    }

    @Test
    void scriptsThatRedisForgetsWhileWorkersRunAreLoadedAgain() {
        bench.start(Echo.service());
        bench.start(Echo.service());
        bench.untilShared(2);
        for (int i = 0; i < 20; i++) {
            bench.send(20);
            bench.bus().redis().call("SCRIPT", "FLUSH");
        }

        bench.expectEachAnsweredOnce();
    }

    @Test
    void allThatWasPublishedBeforeTheFirstWorkerIsAnswered() {
        for (int i = 0; i < 1_000; i++) {
            bench.send(20);
        }
        bench.start(Echo.service());

        bench.expectEachAnsweredOnce();
    }

    @Test
    void badMessagesBecomeDeadLettersAndTheOthersAreAnswered() {
        bench.start(Echo.service());
        Echo.BREAKS.set(0);
        bench.send(20);
        bench.sendText(Bench.account(0), "{\"type\":\"signal\",\"id\":7}");
        bench.send(20);
        bench.sendReason(Bench.account(1), Echo.REFUSE);
        bench.send(20);
        bench.sendReason(Bench.account(2), Echo.BREAK);
        bench.sendReason(Bench.account(2), Echo.BREAK);
        bench.sendReason(Bench.account(2), Echo.BREAK);
        bench.send(20);
        bench.sendReason(Bench.account(3), Echo.BREAK_ONCE);
        bench.expect(Bench.account(3), Echo.BREAK_ONCE);
        bench.send(20);

        bench.expectEachAnsweredOnce();

        List<DeadLetter> letters = bench.deadLetters();
        assertThat(letters)
                .extracting(DeadLetter::reason)
                .containsExactlyInAnyOrder(
                        "field id must be a string, was 7",
                        "refused as it was told to",
                        "java.lang.IllegalStateException: broke as it was told to",
                        "java.lang.IllegalStateException: broke as it was told to",
                        "java.lang.IllegalStateException: broke as it was told to");
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.channel()).isEqualTo("signals");
            assertThat(letter.seq()).isPositive();
            assertThat(letter.text()).startsWith("{\"type\":\"signal\"");
        });
    }

    /** They came in one batch: what is known of the first must not be forgotten over the second. */
    @Test
    void aBatchOfSeveralPoisonousMessagesEnds() {
        for (int i = 0; i < 5; i++) {
            bench.send(20);
            bench.sendReason(Bench.account(i), Echo.BREAK);
        }
        bench.start(Echo.service());

        bench.expectEachAnsweredOnce();

        assertThat(bench.deadLetters()).hasSize(5);
    }

    @Test
    void aComplaintTooLargeForAFrameIsCut() {
        try (Bench small = new Bench(REDIS, Map.of("PAPERTAPE_BUS_MAX_FRAME_BYTES", "65536"))) {
            Service complaining = Service.stage(
                    "echo",
                    List.of(Input.all(Channel.SIGNALS)),
                    config -> context -> (message, out) -> {
                        throw new IllegalArgumentException("x".repeat(70_000));
                    });
            small.send(1);
            Bench.Running worker = small.start(complaining);

            small.until(() -> small.total(Channel.DEADLETTER) > 0 || !worker.isAlive());

            assertThat(small.deadLetters())
                    .singleElement()
                    .satisfies(letter ->
                            assertThat(letter.reason()).startsWith("xxx").hasSize(503));
        }
    }

    @Test
    void anAnswerTooLargeForAFrameIsADeadLetterThatSaysSo() {
        try (Bench small = new Bench(REDIS, Map.of("PAPERTAPE_BUS_MAX_FRAME_BYTES", "65536"))) {
            Service shouting = Service.stage(
                    "echo",
                    List.of(Input.all(Channel.SIGNALS)),
                    config -> context -> (message, out) -> out.send(
                            Channel.SIGNALS,
                            new papertape.common.message.Signal(
                                    out.header(1),
                                    papertape.common.value.StrategyId.of("s"),
                                    Bench.account(0),
                                    papertape.common.value.Instrument.of("X:Y"),
                                    papertape.common.value.Direction.FLAT,
                                    0,
                                    papertape.common.value.Price.of("1"),
                                    "x".repeat(70_000))));
            small.start(shouting);
            small.sendReason(Bench.account(0), "go");
            small.sendReason(Bench.account(0), "go");

            small.until(() -> small.total(Channel.DEADLETTER) == 2);

            assertThat(small.deadLetters())
                    .extracting(DeadLetter::reason)
                    .allMatch(reason ->
                            reason.contains("larger than a frame may be (65536 bytes, setting bus.maxFrameBytes)"));
        }
    }

    /** Why there are sequence numbers: whoever listens beside the workers hears all, too, and would answer all again. */
    @Test
    void aNaiveSecondSubscriberHearsEverythingAgainAndASecondWorkerDoesNot() throws Exception {
        bench.start(Echo.service());
        bench.start(Echo.service());
        bench.untilShared(2);
        try (Subscriber naive =
                new Subscriber(REDIS.settings(), "naive", bench.bus().keys().rebalance("naive"))) {
            naive.add(java.util.Set.of(bench.bus().keys().channel(Channel.SIGNALS, 0)));
            naive.start();
            bench.until(() -> naive.poll(10_000) instanceof Subscriber.Arrival arrival
                    && arrival.channel().endsWith("signals.0"));
            long before = bench.total(Channel.SIGNALS);
            bench.send(20);
            bench.expectEachAnsweredOnce();

            StringBuilder heard = new StringBuilder();
            for (Subscriber.Arrival a = naive.poll(200_000); a != null; a = naive.poll(200_000)) {
                heard.append(new String(a.bytes(), StandardCharsets.UTF_8));
            }
            assertThat(before).isZero();
            assertThat(heard.toString()).contains("\"seq\":1,");
        }
        assertThat(bench.answers()).isEqualTo(20);
    }

    @Test
    void everyAnswerNamesItsCause() {
        bench.start(Echo.service());
        bench.send(20);
        bench.expectEachAnsweredOnce();

        assertThat(bench.journal(Channel.ORDERS))
                .extracting(Message::header)
                .allMatch(header ->
                        header.cause() != null && header.cause().value().startsWith("feeder.0-"));
    }
}
