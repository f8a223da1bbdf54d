package papertape.cli.command;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import papertape.cli.stack.StackFile;

/**
 * A stack's addresses and credentials as lines for bash, zsh or sh.
 *
 * <p>redis-cli takes its password from REDISCLI_AUTH and has no variable for host and port, so the name becomes a function
 * that adds them. No password is ever an argument, which every user of the machine could read.
 */
final class ShellSettings {
    private static final String PG_PREFIX = "jdbc:";
    private static final int REDIS_PORT = 6379;

    private final StringBuilder text = new StringBuilder();

    private ShellSettings() {}

    static String of(StackFile stack) {
        return of(
                stack.redisUrl(),
                stack.databaseUrl(),
                stack.databasePgUrl(),
                stack.databaseUser(),
                stack.databasePassword());
    }

    /** @param databasePgUrl empty where there is no database */
    static String of(String redisUrl, String databaseUrl, String databasePgUrl, String user, String password) {
        ShellSettings settings = new ShellSettings();
        settings.redis(redisUrl);
        if (!databasePgUrl.isEmpty()) {
            settings.postgres(databasePgUrl);
            settings.export("PGUSER", user);
            settings.export("PGPASSWORD", password);
            settings.export("QUESTDB_URL", databaseUrl);
        }
        return settings.text.toString();
    }

    private void redis(String url) {
        URI uri = URI.create(url);
        String userInfo = uri.getRawUserInfo();
        StringBuilder arguments = new StringBuilder("-h ")
                .append(quoted(uri.getHost()))
                .append(" -p ")
                .append(uri.getPort() < 0 ? REDIS_PORT : uri.getPort());
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            // redis-cli is "default" by itself, and can still be told another user
            if (colon > 0 && !userInfo.startsWith("default:")) {
                arguments.append(" --user ").append(quoted(decoded(userInfo.substring(0, colon))));
            }
            export("REDISCLI_AUTH", decoded(userInfo.substring(colon + 1)));
        }
        if ("rediss".equals(uri.getScheme())) {
            arguments.append(" --tls");
        }
        String database = uri.getPath();
        if (database != null && database.length() > 1) {
            arguments.append(" -n ").append(quoted(database.substring(1)));
        }
        export("STACK_REDIS_URL", url);
        // sh has no functions with such a name, and bash no aliases in scripts
        text.append("if [ -n \"${BASH_VERSION:-}${ZSH_VERSION:-}\" ]; then eval ")
                .append(quoted("redis-cli() { command redis-cli " + arguments + " \"$@\"; }"))
                .append("; else alias redis-cli=")
                .append(quoted("redis-cli " + arguments))
                .append("; fi\n");
    }

    private void postgres(String url) {
        URI uri = URI.create(url.substring(PG_PREFIX.length()));
        export("PGHOST", uri.getHost());
        export("PGPORT", Integer.toString(uri.getPort()));
        export("PGDATABASE", uri.getPath().substring(1));
    }

    private void export(String name, @Nullable String value) {
        text.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value == null ? "" : value))
                .append('\n');
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
