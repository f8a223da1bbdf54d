package papertape.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import papertape.common.bus.Redis;
import papertape.common.runtime.OwnStack;

/** Says in a database's folder whose data it holds, before the database runs. */
final class OwnData {
    private OwnData() {}

    /**
     * Makes the folder a stack's where it is nobody's.
     *
     * @throws IOException with what to do, when it is another stack's
     */
    static void check(Path folder, String stackId) throws IOException {
        Path file = folder.resolve("stack.id");
        if (!Files.exists(file)) {
            OwnFiles.write(file, Redis.bytes(stackId + "\n"));
        }
        String found = Files.readString(file).strip();
        if (!found.equals(stackId)) {
            throw new IOException(OwnStack.foreign("the database in " + folder, found, stackId)
                    + ". Use the Redis that belongs to it, or another folder with --home DIR; to begin again without what"
                    + " it holds, delete " + folder);
        }
    }
}
