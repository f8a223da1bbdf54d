package papertape.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {
    private final JsonText text = new JsonText();

    @Test
    void writesDecimalsWithAllTheirPlaces() {
        assertThat(text.decimal(123456, 2)).hasToString("1234.56");
        assertThat(text.clear().decimal(5, 8)).hasToString("0.00000005");
        assertThat(text.clear().decimal(0, 2)).hasToString("0.00");
        assertThat(text.clear().add(0)).hasToString("0");
        assertThat(text.clear().decimal(Long.MAX_VALUE, 0)).hasToString(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void padsWithZeros() {
        assertThat(text.padded(42, 6)).hasToString("000042");
        assertThat(text.clear().padded(0, 6)).hasToString("000000");
        assertThat(text.clear().padded(999_999, 6)).hasToString("999999");
    }

    @Test
    void writesTimesAsTheVenueDoes() {
        new VirtualTime().write(text, 1_618_677_810_244_075L);
        assertThat(text).hasToString("2021-04-17T16:43:30.244075Z");
    }

    @Test
    void growsAsNeeded() {
        for (int i = 0; i < 10_000; i++) {
            text.add("0123456789");
        }
        assertThat(text.length()).isEqualTo(100_000);
        assertThat(text.copy()).hasToString("0123456789".repeat(10_000));
    }
}
