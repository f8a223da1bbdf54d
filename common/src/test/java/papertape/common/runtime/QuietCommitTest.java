package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Signal;
import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.StrategyId;

/** What a stage is silent about is committed with what follows; what it says is committed at once. */
class QuietCommitTest {
    private static final Keys KEYS = Keys.of("test:");
    private static final int MAX_BATCH = 8;

    private final MessageCodec codec = new MessageCodec();
    private final Input input = Input.all(Channel.SIGNALS);
    private final StageTask task = new StageTask(
            new StageTask.Shared(
                    "echo",
                    KEYS,
                    new Partitions(1),
                    List.of(input),
                    Echo::new,
                    codec,
                    new MarkReader(codec),
                    MAX_BATCH,
                    1_000_000,
                    false,
                    new Tally()),
            0,
            Map.of("epoch", 1L),
            Map.of());

    private long sent;

    private void arrive(String reason) {
        sent++;
        String text = codec.encode(new Signal(
                new Header(MessageId.of("feeder.0-" + sent), sent, null, sent),
                StrategyId.of("test"),
                AccountId.of("account"),
                Instrument.of("X:Y"),
                Direction.LONG,
                1,
                Price.of("1"),
                reason));
        byte[] frame = ("{\"seq\":" + sent + ",\"n\":1}\n" + text).getBytes(StandardCharsets.UTF_8);
        task.arrived(KEYS.channel(Channel.SIGNALS, 0), frame);
    }

    private long committed() {
        return task.cursors.getFirst().committed();
    }

    @Test
    void whatNobodyIsToldWaitsForTheNextCommit() {
        arrive(Echo.KEEP);
        assertThat(task.process(Turns.of(List.of(task)))).as("a commit").isNull();
        assertThat(committed()).isZero();

        arrive("answered");
        assertThat(task.process(Turns.of(List.of(task))))
                .as("a commit, since something is sent")
                .isNotNull();
        task.committed();
        assertThat(committed()).as("both").isEqualTo(2);
        assertThat(task.process(Turns.of(List.of(task)))).as("nothing is left").isNull();
    }

    @Test
    void itWaitsNoLongerThanAMoment() throws InterruptedException {
        arrive(Echo.KEEP);
        assertThat(task.process(Turns.of(List.of(task)))).isNull();
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!task.hasWork() && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        assertThat(task.process(Turns.of(List.of(task))))
                .as("a commit without anything having arrived")
                .isNotNull();
        task.committed();
        assertThat(committed()).isEqualTo(1);
        assertThat(task.hasWork()).isFalse();
    }

    @Test
    void itDoesNotWaitWhereTheWorkerLeaves() {
        arrive(Echo.KEEP);
        assertThat(task.process(Turns.of(List.of(task)))).isNull();
        task.hurry();
        assertThat(task.hasWork()).isTrue();
        assertThat(task.process(Turns.of(List.of(task)))).isNotNull();
    }

    @Test
    void aBatchsWorthDoesNotWait() {
        for (int i = 0; i < MAX_BATCH; i++) {
            arrive(Echo.KEEP);
        }
        assertThat(task.process(Turns.of(List.of(task)))).isNotNull();
    }
}
