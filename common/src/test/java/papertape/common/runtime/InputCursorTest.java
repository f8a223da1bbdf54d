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

    private static Frame frame(long seq, int count) {
        String text = "{\"seq\":" + seq + ",\"n\":" + count + "}" + "\n{}".repeat(count) + "\n";
        return Frame.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
