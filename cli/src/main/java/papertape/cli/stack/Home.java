package papertape.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The folder in which a stack keeps what it needs: data, logs, and the file that says what runs. What is made here is its
 * owner's alone.
 *
 * @param folder usually {@code .papertape} in the project's root
 */
public record Home(Path folder) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    public Path redis() {
        return made("redis");
    }

    public Path questdb() {
        return made("questdb");
    }

    public Path logs() {
        return made("logs");
    }

    /** Where the feed puts what Redis does not take. */
    public Path spool() {
        return made("spool");
    }

    public Path programs() {
        return made("bin");
    }

    /** What runs, for the commands that look at it. */
    public Path stackFile() {
        return folder.resolve("stack.json");
    }

    /**
     * What every process of this folder's stack has at the end of one of its arguments, so that it is found whatever has
     * become of the file that says what runs. Letters and digits only, whatever the folder's name.
     */
    String mark() throws IOException {
        byte[] path = folder.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
            return "papertape-home-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The passwords of the stack's own servers. */
    public Path credentialsFile() {
        return folder.resolve("credentials");
    }

    /** Makes the folder where it is missing. The permissions of a folder that is there already stay as they are. */
    public Path make() throws IOException {
        return Files.isDirectory(folder)
                ? folder
                : Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }

    private Path made(String name) {
        try {
            Path made = Files.createDirectories(make().resolve(name));
            // an earlier version left its folders open to everybody
            Files.setPosixFilePermissions(made, OWNER_ONLY);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder.resolve(name), e);
        }
    }
}
