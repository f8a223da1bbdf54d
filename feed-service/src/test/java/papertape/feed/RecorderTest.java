package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
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

    @Test
    @Timeout(30)
    void recordsTheConfiguredVenueUntilToldToStop() throws IOException, InterruptedException {
        LocalVenue venue = new LocalVenue();
        Path file = folder.resolve("live.tsv");
        String match = "{\"type\":\"match\",\"product_id\":\"BTC-USD\"}";
        try {
            Config config = ConfigReader.defaults(Map.of(
                    "PAPERTAPE_FEED_KIND",
                    "coinbase",
                    "PAPERTAPE_FEED_URL",
                    venue.uri().toString()));
            AtomicLong written = new AtomicLong();
            long count = Recorder.record(
                    config,
                    file,
                    () -> {
                        if (venue.hasRequests() && written.get() == 0) {
                            venue.say(match);
                        }
                        return written.get() > 0;
                    },
                    written::set);
            assertThat(count).isPositive();
            assertThat(Files.readAllLines(file)).hasSize((int) count).allMatch(line -> line.endsWith("\t" + match));
        } finally {
            venue.shutDown();
        }
    }

    @Test
    void readsWhereAndWhatItIsFromTheEnvironment() {
        FeedOptions replay =
                FeedOptions.fromEnvironment(Map.of("PAPERTAPE_FEED_REPLAY", "true", "PAPERTAPE_DATA", "d"));
        assertThat(replay.isReplay()).isTrue();
        assertThat(replay.spoolFolder()).isEqualTo(Path.of("d", "spool"));
        FeedOptions live = FeedOptions.fromEnvironment(Map.of());
        assertThat(live.isReplay()).isFalse();
        assertThat(live.spoolFolder()).isEqualTo(Path.of(".papertape", "spool"));
    }
}
