package papertape.etl.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @Test
    void readsWhatTheLibraryReads() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            // From 1900 to 2200.
            long seconds = random.nextLong(-2_208_988_800L, 7_258_118_400L);
            Instant time = Instant.ofEpochSecond(seconds, random.nextInt(1_000_000_000));
            assertThat(IsoTime.micros(time.toString()))
                    .as("seed 11: %s", time)
                    .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, time.truncatedTo(ChronoUnit.MICROS)));
        }
    }

    @Test
    void readsShortFractionsAndNone() {
        assertThat(IsoTime.micros("1970-01-01T00:00:01Z")).isEqualTo(1_000_000);
        assertThat(IsoTime.micros("1970-01-01T00:00:00.5Z")).isEqualTo(500_000);
        assertThat(IsoTime.micros("2024-02-29T00:00:00Z"))
                .isEqualTo(Instant.parse("2024-02-29T00:00:00Z").getEpochSecond() * 1_000_000);
    }

    @Test
    void readsOffsetsAndOtherSpellings() {
        long time = Instant.parse("2024-01-02T00:00:00.25Z").toEpochMilli() * 1_000;
        for (String text : List.of(
                "2024-01-02T00:00:00.250000000000Z",
                "2024-01-02T00:00:00.25+00:00",
                "2024-01-02T02:00:00.25+02:00",
                "2024-01-01T19:00:00.25-0500",
                "2024-01-02T05:30:00.25+05:30",
                "2024-01-02T01:00:00.25+01",
                "2024-01-02 00:00:00.25Z",
                "2024-01-02t00:00:00.25z")) {
            assertThat(IsoTime.micros(text)).as(text).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567890123456789Z",
                "2026-01-01T00:00:00.12x4Z",
                "2026-01-01T00:00:00+0",
                "2026-01-01T00:00:00+19:00",
                "2026-01-01T00:00:00+00:60",
                "2026-01-01T00:00:00+00:00Z",
                "2026-01-01T00:00:00 UTC",
                "x026-01-01T00:00:00Z"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> IsoTime.micros(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
