package papertape.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.feed.Recorder;
import papertape.sim.SimOptions;
import papertape.sim.SimVenue;
import papertape.sim.replay.Recording;
import papertape.sim.replay.VenueProtocol;

/**
 * The simulated venue's messages around the end of a session, recorded.
 *
 * @param settings configuration with the session's end
 */
record RecordedDay(Recording recording, Path settings) {
    private static final Instant SESSION_END = Instant.parse("2026-03-02T17:00:00Z");
    private static final int SECONDS_BEFORE_THE_END = 10;
    private static final int SECONDS = 18;
    private static final int RATE = 60;

    /** Takes about 18 seconds; the same seed gives the same orders, but messages are received when the machine gets to it. */
    static RecordedDay of(long seed, Path folder) throws IOException, InterruptedException {
        long start = SESSION_END.minusSeconds(SECONDS_BEFORE_THE_END).toEpochMilli() * 1_000;
        Path raw = folder.resolve("raw.tsv");
        Config config = ConfigReader.defaults(Map.of());
        SimOptions options = new SimOptions(seed, RATE, 0, 0, true, 0, start, Map.of());
        long began;
        try (SimVenue venue = SimVenue.open(options, config.instruments())) {
            Config feed = ConfigReader.defaults(Map.of(
                    "PAPERTAPE_FEED_KIND",
                    "sim",
                    "PAPERTAPE_FEED_URL",
                    "ws://127.0.0.1:" + venue.port(),
                    "PAPERTAPE_FEED_REST_URL",
                    "http://127.0.0.1:" + venue.restPort()));
            began = System.currentTimeMillis() * 1_000;
            long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
            Recorder.record(feed, raw, () -> System.nanoTime() - deadline > 0, any -> {});
        }
        Path file = Files.write(folder.resolve("day.tsv"), received(raw, start - began));
        String end =
                DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC).format(SESSION_END);
        Path settings = Files.writeString(folder.resolve("day.yaml"), """
                venues:
                  - {name: COINBASE, makerBps: 40, takerBps: 60, sessionEndUtc: "%s"}
                instruments:
                  - {name: "*", tick: 0.01, lot: 0.0001}
                  - {name: "COINBASE:BTC-USD", base: BTC, quote: USD}
                  - {name: "COINBASE:ETH-USD", base: ETH, quote: USD}
                """.formatted(end));
        return new RecordedDay(Recording.read(file, VenueProtocol.of("coinbase")), settings);
    }

    /** The lines with the venue's time of day instead of ours. */
    private static List<String> received(Path raw, long shift) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(raw)) {
            int tab = line.indexOf('\t');
            lines.add(Long.parseLong(line.substring(0, tab)) + shift + line.substring(tab));
        }
        return lines;
    }
}
