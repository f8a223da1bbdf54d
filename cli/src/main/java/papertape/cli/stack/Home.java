package papertape.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder in which a stack keeps what it needs: data, logs, and the file that says what runs.
 *
 * @param folder usually {@code .papertape} in the project's root
 */
public record Home(Path folder) {
    public Path redis() {
        return made("redis");
    }

    public Path questdb() {
        return made("questdb");
    }

    public Path logs() {
        return made("logs");
    }

    public Path programs() {
        return made("bin");
    }

    /** What runs, for the commands that look at it. */
    public Path stackFile() {
        return folder.resolve("stack.json");
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder.resolve(name), e);
        }
    }
}
