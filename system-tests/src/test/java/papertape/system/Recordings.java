package papertape.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import papertape.sim.replay.Recording;
import papertape.sim.replay.VenueProtocol;

/** The recordings that tests play: the shared ones where they are present, and our own simulated venue's. */
final class Recordings {
    /** 20 seconds of three instruments of the simulated venue, in Coinbase's protocol. */
    static final Path SIMULATED = Path.of("src", "test", "resources", "recordings", "simulated.tsv");

    private Recordings() {}

    /** A file of the shared data beside the project. */
    static Optional<Path> shared(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path file = folder.resolve("shared").resolve("data").resolve(name);
            if (Files.isReadable(file)) {
                return Optional.of(file);
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    static Recording simulated() throws IOException {
        return Recording.read(SIMULATED, VenueProtocol.of("coinbase"));
    }
}
