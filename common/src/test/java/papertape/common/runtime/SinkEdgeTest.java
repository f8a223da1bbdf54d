package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.bus.Keys;
import papertape.common.json.Bytes;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;

/** What a sink is given, and when. */
class SinkEdgeTest {
    private static final Keys KEYS = Keys.of("pt:");
    private static final long SECOND = 1_000_000;
    private static final long START = 1_700_000_000L * SECOND;
    private static final int MAX_BATCH = 100;

    private final List<Long> written = new ArrayList<>();
    private final Tally tally = new Tally();
    private final MessageCodec codec = new MessageCodec();
    private final SinkTask even = task(0);
    private final SinkTask odd = task(1);
    private final SinkEdge edge = new SinkEdge(new Sink() {
        @Override
        public void write(Iterable<Delivery> batch) {
            batch.forEach(each -> written.add(each.message().ts() - START));
        }

        @Override
        public void close() {
            written.clear();
        }
    });

    private SinkTask task(int partition) {
        return new SinkTask(
                KEYS,
                "sink",
                partition,
                List.of(Input.all(Channel.TICKS)),
                Map.of("epoch", 1L),
                codec,
                MAX_BATCH,
                tally);
    }

    private void arrive(SinkTask task, long seq, long... times) {
        StringBuilder frame = new StringBuilder("{\"seq\":" + seq + ",\"n\":" + times.length + "}\n");
        Bytes out = new Bytes(256);
        for (long time : times) {
            out.reset();
            codec.encode(status(START + time), out);
            frame.append(new String(out.toByteArray(), StandardCharsets.UTF_8)).append('\n');
        }
        task.arrived(
                KEYS.channel(Channel.TICKS, task.partition), frame.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static FeedStatus status(long ts) {
        Header header = new Header(MessageId.of("etl.0-1"), ts, null, ts);
        return new FeedStatus(header, Instrument.of("SIM", "BTC-USD"), FeedState.LIVE, "");
    }

    /** A round as a worker does it, when the interval has passed. */
    private void round() throws IOException, InterruptedException {
        List<Task> tasks = List.of(even, odd);
        edge.begin(tasks);
        while (!edge.isReady(even)) {
            Thread.sleep(5);
            edge.begin(tasks);
        }
        List<Task> busy = new ArrayList<>();
        for (Task task : tasks) {
            if (task.process(Turns.of(List.of(task))) != null) {
                busy.add(task);
            }
        }
        edge.write(busy);
        busy.forEach(Task::committed);
    }

    @Test
    void batchesAreInOrderOfTimeThoughPartitionsAreNot() throws Exception {
        arrive(even, 1, 0, 1);
        arrive(even, 3, 2 * SECOND, 2 * SECOND + 1);
        arrive(odd, 1, 3, 1_400_000);
        round();
        assertThat(written)
                .as("what is newer than half a second before the newest waits")
                .containsExactly(0L, 1L, 3L, 1_400_000L);

        arrive(odd, 3, 1_900_000);
        arrive(even, 5, 3 * SECOND);
        round();
        assertThat(written).isSorted().hasSize(7).doesNotContain(3 * SECOND);

        round();
        assertThat(written).as("nothing came after it").last().isEqualTo(3 * SECOND);
    }

    @Test
    void aTimeFarAheadHoldsItsPartitionUpOnlyForAMoment() throws Exception {
        arrive(even, 1, 1_000_000 * SECOND);
        arrive(even, 2, 1);
        long seq = 0;
        while (even.cursors.getFirst().committed() < 2) {
            assertThat(seq).as("seconds").isLessThan(40);
            arrive(odd, ++seq, 10 + seq);
            round();
        }
        assertThat(written).contains(1_000_000 * SECOND, 1L);
    }

    @Test
    void whatCannotBeReadIsLeftOutAndCountedOnce() throws Exception {
        String broken = "{\"seq\":1,\"n\":1}\n{\"type\":\"feedStatus\",\"id\":}\n";
        even.arrived(KEYS.channel(Channel.TICKS, 0), broken.getBytes(StandardCharsets.UTF_8));
        arrive(even, 2, 7);
        List<Task> tasks = List.of(even);
        edge.begin(tasks);
        // nothing has come since, so that nothing is held back
        edge.begin(tasks);
        assertThat(even.process(Turns.of(tasks))).isNotNull();
        edge.write(tasks);
        edge.write(tasks);
        even.committed();
        assertThat(written).as("written again, as after a failure").containsExactly(7L, 7L);
        assertThat(tally.deadLetters).isEqualTo(1);
        assertThat(tally.out).isEqualTo(1);
    }
}
