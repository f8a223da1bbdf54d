package papertape.sim;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The recorded files beside the project; tests that need them are left out where they are absent. */
public final class SharedData {
    private SharedData() {}

    public static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path file = folder.resolve("shared").resolve("data").resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
            folder = folder.getParent();
        }
        Assumptions.abort("recorded file shared/data/" + name + " is not beside the project");
        throw new AssertionError();
    }
}
