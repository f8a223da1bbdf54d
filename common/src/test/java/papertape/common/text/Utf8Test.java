package papertape.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void overlongHalvedAndCutOffCharactersAreFoundWhereTheyBegin() {
        for (String hex : List.of(
                "c0af",
                "c1bf",
                "e080af",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f08080af",
                "f4908080",
                "f5808080",
                "80",
                "ff",
                "c3",
                "e282",
                "f09f98",
                "c328",
                "e28228",
                "fe")) {
            byte[] bad = HexFormat.of().parseHex("616263" + hex + "64");
            assertThat(Utf8.firstBad(bad, 0, bad.length)).as(hex).isEqualTo(3);
        }
        byte[] cut = "price \u20ac".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.firstBad(cut, 0, cut.length - 1)).isEqualTo(6);
        assertThat(Utf8.firstBad(cut, 0, cut.length)).isEqualTo(-1);
        assertThat(Utf8.firstBad(new byte[0], 0, 0)).isEqualTo(-1);
    }

    @Test
    void everyCharacterIsAccepted() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                byte[] text = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.firstBad(text, 0, text.length)).isEqualTo(-1);
            }
        }
    }

    /** Two implementations: Java's own decoder refuses what this one refuses. */
    @Test
    void damagedTextIsRefusedExactlyWhenJavasDecoderRefusesIt() {
        Random random = new Random(11);
        byte[] text = "{\"account\":\"d\u00e9mo\",\"text\":\"\u5e01\u5b89 \ud83d\ude00 and plain ASCII behind it\"}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = text.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            int from = random.nextInt(4);
            int length = random.nextInt(damaged.length - from);
            assertThat(Utf8.firstBad(damaged, from, length) < 0)
                    .as(() -> HexFormat.of().formatHex(Arrays.copyOfRange(damaged, from, from + length)))
                    .isEqualTo(isText(damaged, from, length));
        }
    }

    private static boolean isText(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
