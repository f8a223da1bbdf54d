package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Frame;
import papertape.common.bus.Redis;
import papertape.common.message.Channel;
import papertape.common.testredis.TestRedis;

/** How a cursor comes from the journal to what is published, with a real one. */
class InputCursorFillTest {
    @RegisterExtension
    static final TestRedis REDIS = TestRedis.shared();

    private static final int PAIRS = 5;

    private Bus bus;

    @BeforeEach
    void connect() {
        bus = REDIS.bus();
    }

    /** Commits frames of two messages and returns them as they are published. */
    private List<Frame> publish() {
        Map<String, Long> numbers = Objects.requireNonNull(bus.acquire("s", 0, "w", 60_000));
        long epoch = Objects.requireNonNull(numbers.get("epoch"));
        for (int i = 0; i < PAIRS; i++) {
            Commit commit = new Commit(bus.keys(), "s", 0, epoch);
            commit.frame(Channel.TICKS, 0, 2, "{}\n{}".getBytes(StandardCharsets.UTF_8));
            assertThat(bus.commit(List.of(commit))).containsOnlyNulls();
        }
        return bus.journal().read(Channel.TICKS, 0, 1, PAIRS);
    }

    private InputCursor cursor(long committed) {
        return new InputCursor(REDIS.keys(), Input.all(Channel.TICKS), 0, committed);
    }

    private static void takeAll(InputCursor cursor, long from) {
        long seq = from;
        while (cursor.hasNext() && cursor.next()) {
            assertThat(cursor.seq()).isEqualTo(++seq);
        }
        assertThat(seq).isEqualTo(2L * PAIRS);
    }

    @Test
    void whatDidNotArriveIsReadBeforeAllThatDidIsTaken() {
        List<Frame> frames = publish();
        InputCursor cursor = cursor(0);
        cursor.arrived(frames.get(0));
        assertThat(cursor.next()).isTrue();
        cursor.arrived(frames.get(2));
        assertThat(cursor.hasNext()).isTrue();
        assertThat(cursor.needsFill()).as("the second is missing").isTrue();

        cursor.fill(bus.journal());
        assertThat(cursor.needsFill()).isFalse();
        cursor.arrived(frames.get(4));
        assertThat(cursor.needsFill()).as("it has arrived by other means").isFalse();

        takeAll(cursor, 1);
    }

    @Test
    void whatIsOnlyKnownToExistIsWaitedForWhileThereIsSomethingToDo() {
        List<Frame> frames = publish();
        InputCursor cursor = cursor(0);
        cursor.arrived(frames.get(0));
        cursor.announced(2L * PAIRS);
        assertThat(cursor.needsFill()).as("it may be on its way").isFalse();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.needsFill()).isTrue();

        cursor.fill(bus.journal());
        takeAll(cursor, 2);
    }

    @Test
    void aHoleInTheJournalIsPassedAfterWhatIsBeforeIt() {
        List<Frame> frames = publish();
        try (Redis redis = REDIS.connect()) {
            redis.call("DEL", REDIS.keys().journal(Channel.TICKS, 0));
        }
        InputCursor cursor = cursor(0);
        cursor.arrived(frames.get(0));
        Map<String, Long> numbers = Objects.requireNonNull(bus.acquire("s", 0, "w", 60_000));
        Commit commit = new Commit(bus.keys(), "s", 0, Objects.requireNonNull(numbers.get("epoch")));
        commit.frame(Channel.TICKS, 0, 1, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(bus.commit(List.of(commit))).containsOnlyNulls();
        Frame after = bus.journal().read(Channel.TICKS, 0, 1, 10).getFirst();
        assertThat(after.seq()).isEqualTo(2L * PAIRS + 1);
        cursor.arrived(after);

        assertThat(cursor.needsFill()).isTrue();
        cursor.fill(bus.journal());
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.seq()).isEqualTo(2);
        assertThat(cursor.needsFill()).isTrue();
        cursor.fill(bus.journal());
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.seq()).as("after the hole").isEqualTo(2L * PAIRS + 1);
    }
}
