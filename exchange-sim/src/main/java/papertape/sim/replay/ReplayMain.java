package papertape.sim.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import papertape.sim.Arguments;
import papertape.sim.StandardOutput;

/**
 * The replay server as a process: {@code --file F --venue coinbase|binance [--speed N|max] [--port P]}. Standard output
 * carries one JSON object a line: {@code {"port":N}} first, then {@code {"sent":n,"total":m}} five times a second, with
 * {@code "done":true} once all is sent. Exit codes: 1 unreadable or damaged recording or taken port, 2 wrong arguments.
 */
public final class ReplayMain {
    private static final long PROGRESS_MS = 200;

    private ReplayMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args, StandardOutput.reserve()));
    }

    private static int run(String[] args, PrintStream out) throws InterruptedException {
        Map<String, String> options;
        VenueProtocol venue;
        double speed;
        int port;
        try {
            options = Arguments.parse(args, List.of("file", "venue"), List.of("speed", "port"));
            venue = VenueProtocol.of(options.getOrDefault("venue", ""));
            speed = Arguments.speed(options.getOrDefault("speed", "1"));
            port = Arguments.integer("port", options.getOrDefault("port", "0"), 0, 65_535);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        Path file = Path.of(options.getOrDefault("file", ""));
        try (ReplayServer server = new ReplayServer(Recording.read(file, venue), port, speed)) {
            report(server, out);
            return 0;
        } catch (NoSuchFileException e) {
            System.err.println(file + ": no such file");
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
        return 1;
    }

    /** Until the process is ended: positions may be asked for again after the end. */
    private static void report(ReplayServer server, PrintStream out) throws InterruptedException {
        out.println("{\"port\":" + server.port() + "}");
        int last = -1;
        while (!out.checkError()) {
            int sent = server.position();
            if (sent != last || sent < server.total()) {
                String done = sent == server.total() ? ",\"done\":true" : "";
                out.println("{\"sent\":" + sent + ",\"total\":" + server.total() + done + "}");
            }
            last = sent;
            Thread.sleep(PROGRESS_MS);
        }
    }
}
