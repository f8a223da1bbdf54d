package papertape.cli.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackOptions;
import papertape.sim.replay.Recording;
import papertape.sim.replay.ReplayServer;
import papertape.sim.replay.VenueProtocol;

/** A recording as the feed of a stack that goes on living: played once, at its own speed. */
public final class RecordedFeed implements AutoCloseable {
    private final ReplayServer server;
    private final String venue;
    private final Path instruments;

    private RecordedFeed(ReplayServer server, String venue, Path instruments) {
        this.server = server;
        this.venue = venue;
        this.instruments = instruments;
    }

    /**
     * Opens a server that plays the file in the protocol of the venue it was recorded from.
     *
     * @throws papertape.sim.replay.RecordingException naming the line, when the file is damaged
     */
    public static RecordedFeed open(Path file, Home home) throws IOException {
        String venue = venue(file);
        Recording recording = Recording.read(file, VenueProtocol.of(venue));
        Path instruments = RecordedInstruments.write(recording, home);
        return new RecordedFeed(new ReplayServer(recording, 0, 1), venue, instruments);
    }

    /** Binance's combined streams name the stream first; Coinbase's messages their type. */
    private static String venue(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            return line != null && line.contains("\t{\"stream\"") ? "binance" : "coinbase";
        }
    }

    /** The same options with this as the feed. */
    public StackOptions over(StackOptions options) {
        List<Path> files = new ArrayList<>(options.configFiles());
        files.add(instruments);
        return new StackOptions(
                "replay",
                "ws://127.0.0.1:" + server.port(),
                venue,
                options.workers(),
                options.redisUrl(),
                options.databaseUrl(),
                files,
                options.environment(),
                options.isPrivate());
    }

    @Override
    public void close() {
        server.close();
    }
}
