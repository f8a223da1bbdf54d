package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

final class RecorderTest {
    private static final Instrument NKN = Instrument.of("BINANCE:NKNUSDT");

    @TempDir
    private Path folder;

    private static void record(Path file) throws IOException {
        try (Recorder recorder = new Recorder(file)) {
            recorder.write(new Received("COINBASE", null, "subscriptions", 1, "{\"a\":\"\u00e9\"}", null));
            recorder.write(new Received("COINBASE", null, "feed-status", 2, "{}", null));
            recorder.write(new Received("BINANCE", NKN, "depthSnapshot", 3, "{\"lastUpdateId\":\n7}", null));
            assertThat(recorder.count()).isEqualTo(2);
        }
    }

    private static final String LINES =
            "1\t{\"a\":\"\u00e9\"}\n3\t{\"stream\":\"nknusdt@depthSnapshot\",\"data\":{\"lastUpdateId\": 7}}\n";

    @Test
    void writesTheVenuesTextsWithTheirTimesAndNothingOfItsOwn() throws IOException {
        Path file = folder.resolve("out.tsv");
        record(file);

        assertThat(Files.readString(file)).isEqualTo(LINES);
    }

    @Test
    void compressesWhereTheNameSaysSo() throws IOException {
        Path file = folder.resolve("out.tsv.gz");
        record(file);

        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LINES);
        }
    }
}
