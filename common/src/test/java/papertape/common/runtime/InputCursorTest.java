package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import papertape.common.bus.Frame;
import papertape.common.bus.Keys;
import papertape.common.message.Channel;

class InputCursorTest {
    @Test
    void asksForTheJournalAfterTheLastMessageOfAFrameWasTakenWithoutLookingForANextOne() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 0);
        cursor.arrived(frame(1, 2));
        // what a consumer does that takes a bounded batch
        for (int i = 0; i < 10 && cursor.hasNext() && cursor.next(); i++) {
            assertThat(cursor.seq()).isEqualTo(i + 1);
        }
        assertThat(cursor.needsFill()).isFalse();

        cursor.arrived(frame(5, 1));

        assertThat(cursor.hasNext()).as("3 and 4 have not arrived").isFalse();
        assertThat(cursor.needsFill()).isTrue();
    }

    @Test
    void takesOnlyTheRestOfAFrameThatIsHalfKnown() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 1);
        cursor.arrived(frame(1, 3));

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.seq()).isEqualTo(2);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.seq()).isEqualTo(3);
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void givesWhatHasHappenedByATimeAndKeepsTheRest() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 0);
        cursor.arrived(frame(1, 100, 110));
        cursor.arrived(frame(3, 120, 130));

        assertThat(cursor.newest()).hasValue(130);
        int given = 0;
        while (cursor.hasNextBy(125) && cursor.next()) {
            given++;
        }

        assertThat(given).as("also of a frame that ends later").isEqualTo(3);
        assertThat(cursor.newest()).as("the rest of it").hasValue(130);
        assertThat(cursor.hasNextBy(130)).isTrue();
    }

    @Test
    void aFrameThatHasEndedWaitsForNoTimeWithinIt() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 0);
        cursor.arrived(frame(1, 100, 900, 300));

        assertThat(cursor.newest()).hasValue(300);
        int given = 0;
        while (cursor.hasNextBy(300) && cursor.next()) {
            given++;
        }
        assertThat(given).isEqualTo(3);
    }

    @Test
    void reachesAsFarAsABatchTakesIt() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 1);
        cursor.arrived(frame(1, 100, 110));
        cursor.arrived(frame(3, 120, 130));

        assertThat(cursor.reach(3)).as("all three that are new").isEmpty();
        assertThat(cursor.reach(2)).hasValue(110);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.reach(1)).as("of a frame that is larger than a batch").hasValue(130);
    }

    @Test
    void comesToTheEndOfWhatWaitsThoughTimesGoBack() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 0);
        cursor.arrived(frame(1, 500, 400));
        cursor.arrived(frame(3, 100L));
        cursor.arrived(frame(4, 300, 50));

        long newest = cursor.newest().orElseThrow();
        int given = 0;
        while (cursor.hasNextBy(newest) && cursor.next()) {
            given++;
        }

        assertThat(given).isEqualTo(5);
        assertThat(cursor.newest()).as("nothing waits").isEmpty();
    }

    @Test
    void aMessageThatDoesNotShowItsTimeWaitsForNobody() {
        InputCursor cursor = new InputCursor(Keys.of("pt:"), Input.all(Channel.TICKS), 0, 0);
        cursor.arrived(frame(1, 1));

        assertThat(cursor.hasNextBy(cursor.newest().orElseThrow())).isTrue();
        assertThat(cursor.hasNextBy(0)).isTrue();
    }

    private static Frame frame(long seq, long... times) {
        StringBuilder text = new StringBuilder("{\"seq\":" + seq + ",\"n\":" + times.length + "}\n");
        for (long ts : times) {
            text.append("{\"type\":\"trade\",\"id\":\"etl.0-1\",\"ts\":")
                    .append(ts)
                    .append(",\"origin\":7}\n");
        }
        return Frame.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Frame frame(long seq, int count) {
        String text = "{\"seq\":" + seq + ",\"n\":" + count + "}" + "\n{}".repeat(count) + "\n";
        return Frame.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
