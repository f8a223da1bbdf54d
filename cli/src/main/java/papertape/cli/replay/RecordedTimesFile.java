package papertape.cli.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import papertape.cli.stack.Home;
import papertape.sim.replay.Recording;

/** Tells the feed which product's message was received when, and of when it is. */
final class RecordedTimesFile {
    private RecordedTimesFile() {}

    static Path in(Home home) {
        return home.folder().resolve("recorded-times.tsv").toAbsolutePath();
    }

    /** Writes a line for each message about a product into the stack's folder: product, receive time, the venue's time. */
    static Path write(Recording recording, Home home) throws IOException {
        Path file = in(home);
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < recording.size(); i++) {
                Recording.Line line = recording.line(i);
                if (!line.product().equals(Recording.NO_PRODUCT)) {
                    lines.write(line.product() + '\t' + line.micros() + '\t' + line.event() + '\n');
                }
            }
        }
        return file;
    }
}
