package papertape.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import papertape.common.message.Message;

/** {@code -Dhostile.texts=1000000} makes more of them, {@code -Dhostile.seed} others. */
class HostileTextTest {
    private static final int TEXTS = Integer.getInteger("hostile.texts", 50_000);
    private static final long SEED = Long.getLong("hostile.seed", 7);

    @Test
    void everyTextIsEitherAMessageOrRefusedWithAReason() {
        HostileText texts = new HostileText(SEED);
        MessageCodec codec = new MessageCodec();
        int messages = 0;
        for (int i = 0; i < TEXTS; i++) {
            byte[] text = texts.next();
            try {
                Message message = codec.decode(text, 0, text.length, null);
                assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
                messages++;
            } catch (CodecException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                String shown = new String(text, StandardCharsets.UTF_8);
                throw new AssertionError("seed " + SEED + ", text " + i + ": " + shown, e);
            }
        }
        assertThat(messages).as("some of them were harmless").isBetween(TEXTS / 100, TEXTS / 2);
    }
}
