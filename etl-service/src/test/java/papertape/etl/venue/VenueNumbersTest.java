package papertape.etl.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and times in every spelling that venues use. */
class VenueNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "5.1e-7, 0.00000051",
        "1E+3, 1000",
        "1e0, 1",
        "1e-8, 0.00000001",
        "9.486E-11, 0.00000000009486",
        "5.4e12, 5400000000000",
        "+1.50, 1.5",
        ".5, 0.5",
        "5., 5",
        "-2.5e1, -25",
        "0e99999, 0",
        "100.10, 100.1"
    })
    void aNumberIsReadInEverySpelling(String text, String plain) {
        assertThat(VenueNumber.decimal(text).toPlainString()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e5",
                "1e",
                "1e5e5",
                "--1",
                "1,5",
                "NaN",
                "Infinity",
                "0x1p3",
                "\u0661e1",
                "1e999999999",
                "1e-99"
            })
    void anythingElseIsRefusedAtOnce(String text) {
        assertThatThrownBy(() -> VenueNumber.decimal(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1704153600, 1704153600000000",
        "1704153600123, 1704153600123000",
        "1704153600123456, 1704153600123456",
        "1704153600123456789, 1704153600123456",
        "2024-01-02T00:00:00.5Z, 1704153600500000",
        "2024-01-02T02:00:00+02:00, 1704153600000000",
        "0, 0",
        "-1, 0",
        "0001-01-01T00:00:00.000000Z, 0",
        "9999-12-31T23:59:59Z, 0"
    })
    void theUnitOfATimeFollowsFromItsDigitsAndATimeThatCannotBeIsNone(String text, long micros) {
        assertThat(VenueTime.of(text)).isEqualTo(micros);
    }

    @Test
    void aTimeBeforeTheEpochIsRefused() {
        assertThatThrownBy(() -> VenueTime.of("-2")).isInstanceOf(IllegalArgumentException.class);
    }
}
