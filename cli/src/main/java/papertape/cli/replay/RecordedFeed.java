package papertape.cli.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackOptions;
import papertape.sim.replay.Recording;
import papertape.sim.replay.ReplayServer;

/** A recording as the feed of a stack that goes on living: played once, at its own speed. */
public final class RecordedFeed implements AutoCloseable {
    private final ReplayServer server;
    private final Recording recording;
    private final Path instruments;
    private final Path times;

    private RecordedFeed(Recording recording, ReplayServer server, Path instruments, Path times) {
        this.recording = recording;
        this.server = server;
        this.instruments = instruments;
        this.times = times;
    }

    /**
     * Opens a server that plays the file in the protocol of the venue that its messages are of.
     *
     * @param configFiles the user's own
     * @throws papertape.sim.replay.RecordingException naming the line, when the file is damaged
     */
    public static RecordedFeed open(Path file, List<Path> configFiles, Home home) throws IOException {
        Recording recording = Recording.read(file);
        Path instruments = RecordedInstruments.write(recording, configFiles, home);
        return new RecordedFeed(
                recording, new ReplayServer(recording, 0, 1), instruments, RecordedTimesFile.write(recording, home));
    }

    /** What was made of the file that its reader should know. */
    public List<String> notes() {
        return recording.notes();
    }

    /** The same options with this as the feed. */
    public StackOptions over(StackOptions options) {
        List<Path> files = new ArrayList<>(options.configFiles());
        files.add(instruments);
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.put("PAPERTAPE_FEED_REPLAY", "living");
        environment.put("PAPERTAPE_FEED_TIMES", times.toString());
        return new StackOptions(
                "replay",
                "ws://127.0.0.1:" + server.port(),
                recording.venue().name().toLowerCase(Locale.ROOT),
                options.workers(),
                options.redisUrl(),
                options.databaseUrl(),
                files,
                environment,
                options.isPrivate());
    }

    @Override
    public void close() {
        server.close();
    }
}
