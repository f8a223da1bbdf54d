package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import papertape.common.bus.ScriptCalls;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Signal;
import papertape.common.testredis.FaultyLine;
import papertape.common.testredis.FaultyLine.Fault;
import papertape.common.testredis.TestRedis;

/** What anybody publishes on a channel without a partition. */
class FrontDoorTest {
    private static final String SIGNAL =
            "{\"type\":\"signal\",\"strategy\":\"hand\",\"account\":\"demo\",\"instrument\":\"X:Y\","
                    + "\"direction\":\"long\",\"strength\":1,\"price\":\"10\",\"reason\":\"r%d\"}";

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

    private static Service service() {
        return Echo.service().keepingDoors(Channel.SIGNALS, Channel.ACCOUNTS);
    }

    @Test
    void aMessageWithoutIdAndTimeGetsThemAndGoesToItsPartition() {
        bench.start(service());

        bench.publish(Channel.SIGNALS, String.format(SIGNAL, 1));

        bench.until(() -> bench.answers() == 1);
        Signal signal = (Signal) bench.journal(Channel.SIGNALS).getFirst();
        assertThat(signal.header().id().value()).isEqualTo("door-signals.0-1");
        assertThat(signal.ts()).isPositive().isEqualTo(signal.header().origin());
        assertThat(bench.bus().sequences()).containsEntry("signals." + bench.partitions.of("demo"), 1L);
    }

    @Test
    void whatIsNotValidIsADeadLetterWithTheReason() {
        bench.start(service());

        bench.publish(Channel.SIGNALS, "hello");
        bench.publish(Channel.SIGNALS, String.format(SIGNAL, 1).replace("\"10\"", "10"));
        bench.publish(Channel.SIGNALS, "{\"type\":\"mark\",\"instrument\":\"X:Y\",\"price\":\"1\",\"source\":\"mid\"}");
        bench.publish(Channel.ACCOUNTS, "{\"type\":\"account\",\"account\":\"demo\",\"event\":\"opened\"}");
        bench.publish(Channel.SIGNALS, String.format(SIGNAL, 2).replace("r2", "\\udc00"));
        bench.publish(Channel.SIGNALS, String.format(SIGNAL, 3));

        bench.until(() -> bench.answers() == 1 && bench.total(Channel.DEADLETTER) == 5);
        List<DeadLetter> letters = bench.deadLetters();
        assertThat(letters).extracting(DeadLetter::reason).anyMatch(reason -> reason.startsWith("not JSON"));
        assertThat(letters)
                .extracting(DeadLetter::reason)
                .contains(
                        "field price must be a decimal number as a string, was 10",
                        "a message of type mark does not belong on signals",
                        "a message of type account does not belong on accounts",
                        "field reason: half a character (\\udc00) at index 0");
        assertThat(letters).extracting(DeadLetter::text).contains("hello");
        assertThat(letters).extracting(DeadLetter::partition).containsOnly(-1);
    }

    @Test
    void aMessageToEveryAccountGoesToEveryPartition() {
        bench.start(service());

        bench.publish(
                Channel.ACCOUNTS, "{\"type\":\"account\",\"account\":\"*\",\"action\":\"halt\",\"text\":\"stop\"}");

        bench.until(() -> bench.total(Channel.ACCOUNTS) == bench.partitions.count());
        assertThat(bench.journal(Channel.ACCOUNTS)).hasSize(4).allMatch(message -> message instanceof Account);
        assertThat(bench.bus().sequences()).containsEntry("accounts.0", 1L).containsEntry("accounts.3", 1L);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aMessageEntersOnceWhenTheConnectionFailsOverIt(Fault fault) {
        try (FaultyLine line = new FaultyLine(REDIS.host(), REDIS.port())) {
            bench.start(service(), line);
            bench.publish(Channel.SIGNALS, String.format(SIGNAL, 0));
            bench.until(() -> bench.answers() == 1);
            var commit = ScriptCalls.of("COMMIT");
            line.failAt(c -> commit.test(c) && c.word(3).contains("task:door-signals"), 1, fault, 300);

            bench.publish(Channel.SIGNALS, String.format(SIGNAL, 1));
            bench.until(() -> line.faults() == 1);
            bench.publish(Channel.SIGNALS, String.format(SIGNAL, 2));

            bench.until(() -> bench.answers() >= 3);
            assertThat(bench.journal(Channel.SIGNALS))
                    .extracting(message -> ((Signal) message).reason())
                    .containsExactly("r0", "r1", "r2");
        }
    }

    @Test
    void textThatIsTooLargeIsADeadLetter() {
        bench.start(service());

        bench.publish(Channel.SIGNALS, String.format(SIGNAL, 1).replace("r1", "x".repeat(1_100_000)));
        bench.publish(Channel.SIGNALS, String.format(SIGNAL, 2));

        bench.until(() -> bench.answers() == 1 && bench.total(Channel.DEADLETTER) == 1);
        assertThat(bench.deadLetters().getFirst().reason()).contains("larger than a frame may be");
        assertThat(bench.deadLetters().getFirst().text()).hasSize(4_096);
    }
}
