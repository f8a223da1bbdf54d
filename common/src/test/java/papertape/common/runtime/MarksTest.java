package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.bus.Commit;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.testredis.TestRedis;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;

/** Marks have no journal: the latest reaches those who hear it, and those who join later. */
class MarksTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private static void mark(Bench bench, String instrument, String price) {
        long epoch = Objects.requireNonNull(bench.bus().acquire("marker", 0, "marker", 60_000))
                .get("epoch");
        Commit commit = new Commit(bench.bus().keys(), "marker", 0, epoch);
        Mark mark = Mark.seen(
                new Header(MessageId.of("marker.0-1"), 1, null, 1), Instrument.of(instrument), Price.of(price), "mid");
        commit.plain(Channel.MARKS, instrument, new MessageCodec().encode(mark).getBytes(StandardCharsets.UTF_8));
        assertThat(bench.bus().commit(List.of(commit))).containsOnlyNulls();
    }

    @Test
    void aTaskGetsTheLastMarksWheneverAWorkerTakesIt() {
        Echo.MARKS.clear();
        try (Bench bench = new Bench(REDIS)) {
            mark(bench, "X:A", "1");
            mark(bench, "X:A", "2");
            mark(bench, "X:B", "3");

            bench.start(Echo.withMarks());

            bench.until(() -> Echo.MARKS.size() == 8);
            assertThat(Echo.MARKS).contains("0 X:A=2", "3 X:B=3").doesNotContain("0 X:A=1");
            mark(bench, "X:A", "4");
            bench.until(() -> Echo.MARKS.contains("0 X:A=4") && Echo.MARKS.contains("3 X:A=4"));

            Bench.Running second = bench.start(Echo.withMarks());
            bench.untilShared(2);
            Echo.MARKS.clear();
            second.stop();
            bench.untilShared(1);
            bench.until(() ->
                    Echo.MARKS.stream().map(mark -> mark.charAt(0)).distinct().count() == 2);
            assertThat(Echo.MARKS).hasSize(4).allMatch(mark -> mark.endsWith("X:A=4") || mark.endsWith("X:B=3"));
        }
    }
}
