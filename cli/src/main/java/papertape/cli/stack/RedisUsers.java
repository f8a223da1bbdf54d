package papertape.cli.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Secret;

/**
 * The users of the stack's own Redis. Those of the services are config/redis-users.acl's, as in the containers; besides them
 * there is one for the supervisor, which may do everything, and one for people and scripts, which may read and write
 * everything and change nothing of the server.
 */
final class RedisUsers {
    private static final String SHIPPED = "redis-users.acl";
    /** The first with permissions in parentheses, and with keys that may only be read. */
    private static final int SELECTORS = 7;

    private static final Pattern SERVICE = Pattern.compile("user (\\S+) on (@[A-Z]+@) (.*)");
    private static final String SHIPPED_NAMESPACE = "pt:";

    private static final String SUPERVISOR_MAY = "~* &* +@all";
    /** Without CONFIG, DEBUG, MODULE, SAVE, FLUSHALL, KEYS, MONITOR, REPLICAOF, SHUTDOWN and their like. */
    private static final String OPERATOR_MAY = "~* &* +@all -@admin -@dangerous +info +bgsave +lastsave"
            + " +client|setname +client|setinfo +client|getname +client|id +client|info +client|list";

    private final Credentials credentials;
    private final String namespace;
    private final int redisVersion;

    /** @param redisVersion major version of the server */
    RedisUsers(Credentials credentials, String namespace, int redisVersion) {
        this.credentials = credentials;
        this.namespace = namespace;
        this.redisVersion = redisVersion;
    }

    /** Writes the server's list of users, with hashes of the passwords. */
    void write(Path file) throws IOException {
        Credentials.writePrivately(file, text());
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(line(Credentials.OPERATOR, OPERATOR_MAY)).append(line(Credentials.SUPERVISOR, SUPERVISOR_MAY));
        for (Stages stage : Stages.values()) {
            text.append(line(stage.text(), shipped(stage.text())));
        }
        text.append(line(Credentials.DASHBOARD, shipped(Credentials.DASHBOARD)));
        return text.toString();
    }

    private String line(String user, String may) {
        return "user " + user + " on #" + hash(credentials.password(user)) + " " + may + "\n";
    }

    private String shipped(String user) throws IOException {
        for (String line : file().lines().toList()) {
            Matcher service = SERVICE.matcher(line);
            if (service.matches() && service.group(1).equals(user)) {
                String may = service.group(3).replaceAll("(~|&)" + SHIPPED_NAMESPACE, "$1" + namespace);
                return redisVersion >= SELECTORS ? may : flattened(may);
            }
        }
        throw new IllegalStateException(SHIPPED + " has no user " + user);
    }

    /**
     * As Redis 6.2 can express it: what stands in parentheses holds for all keys and channels of the user, and a key that
     * may be read may be written.
     */
    private static String flattened(String may) {
        return may.replace("(", "").replace(")", "").replace("%R~", "~") + " +client|setname +client|setinfo";
    }

    private static String file() throws IOException {
        try (@Nullable InputStream in = RedisUsers.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(Secret password) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(password.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
