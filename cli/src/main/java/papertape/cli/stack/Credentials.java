package papertape.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import papertape.common.config.Secret;

/**
 * The passwords of a stack's own Redis and QuestDB. They are random, made at the first start, and kept in the stack's folder
 * in a file that its owner alone can read, a line {@code user=password} each.
 */
final class Credentials {
    /** Redis' user of whoever has the stack's folder: the command line, redis-cli, a script. */
    static final String OPERATOR = "default";
    /** Redis' user of the process that starts the others. */
    static final String SUPERVISOR = "supervisor";
    /** The name of the database's user, and of its password's line. */
    static final String DATABASE = "papertape";

    /** Redis' user of the dashboard. */
    static final String DASHBOARD = "dashboard";
    /** What a browser shows to the dashboard. */
    static final String DASHBOARD_TOKEN = "dashboard-token";

    private static final int BYTES = 24;

    private final Map<String, Secret> passwords;

    private Credentials(Map<String, Secret> passwords) {
        this.passwords = passwords;
    }

    /** Reads the folder's credentials, and first makes those that are missing. */
    static Credentials of(Home home) throws IOException {
        home.make();
        Path file = home.credentialsFile();
        Map<String, Secret> known = Files.exists(file) ? read(file) : new TreeMap<>();
        List<String> missing = users().filter(user -> !known.containsKey(user)).toList();
        missing.forEach(user -> known.put(user, random()));
        if (missing.isEmpty()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } else {
            write(file, known);
        }
        return new Credentials(known);
    }

    private static Stream<String> users() {
        return Stream.concat(
                Stream.of(OPERATOR, SUPERVISOR, DATABASE, DASHBOARD, DASHBOARD_TOKEN),
                Stream.of(Stages.values()).map(Stages::text));
    }

    Secret password(String user) {
        Secret password = passwords.get(user);
        if (password == null) {
            throw new IllegalArgumentException("no credentials for " + user);
        }
        return password;
    }

    /** Letters and digits: they go into URLs, files and shells as they are. */
    private static Secret random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    private static Map<String, Secret> read(Path file) throws IOException {
        Map<String, Secret> passwords = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (equals <= 0 || !line.substring(equals + 1).matches("[A-Za-z0-9]{16,}")) {
                throw new IOException(file + " has a line that is not user=password (letters and digits, 16 or more);"
                        + " delete the file, and the next start makes another");
            }
            passwords.put(line.substring(0, equals), new Secret(line.substring(equals + 1)));
        }
        return passwords;
    }

    private static void write(Path file, Map<String, Secret> passwords) throws IOException {
        StringBuilder text = new StringBuilder();
        passwords.forEach((user, password) ->
                text.append(user).append('=').append(password.value()).append('\n'));
        writePrivately(file, text.toString());
    }

    /** Replaces a file by one that its owner alone can read. */
    static void writePrivately(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                String.valueOf(file.getFileName()),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
