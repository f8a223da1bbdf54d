package papertape.common.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Redis is and how to log in: {@code redis://user:password@host:port/database}. Read by hand: {@link java.net.URI}
 * knows no host with an underscore, decodes a colon of the user before one can look for the one behind it, and takes what
 * nobody heeds.
 *
 * @param user empty: the default one
 * @param password empty: none
 */
public record RedisUrl(boolean isSecure, String user, String password, String host, int port, int database) {
    private static final int USUAL_PORT = 6379;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_DIGITS = 5;
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>rediss?)://(?:(?<login>[^@/?#\\s]*)@)?(?<host>\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)"
                    + "(?::(?<port>[0-9]*))?(?:/(?<database>[^?#]*))?(?<rest>[?#].*)?");

    private static final String ACCEPTED =
            " (accepted: redis://[user:password@]host[:port][/database], rediss://...; in user"
                    + " and password % and what follows stands for @ : / and the like)";

    /** @throws IllegalArgumentException saying what is wrong without the URL, which may hold a password */
    public static RedisUrl of(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a Redis URL" + ACCEPTED);
        }
        if (form.group("rest") != null) {
            throw new IllegalArgumentException("a Redis URL with parameters (? or #) is not supported" + ACCEPTED);
        }
        String login = form.group("login") == null ? "" : form.group("login");
        int colon = login.indexOf(':');
        String host = form.group("host");
        return new RedisUrl(
                form.group("scheme").equals("rediss"),
                colon > 0 ? decoded(login.substring(0, colon)) : "",
                decoded(login.substring(colon + 1)),
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port(form.group("port")),
                database(form.group("database")));
    }

    private static int port(String text) {
        if (text == null || text.isEmpty()) {
            return USUAL_PORT;
        }
        int port = text.length() > MAX_DIGITS ? 0 : Integer.parseInt(text);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a Redis URL with port " + text + " (accepted: 1 to " + MAX_PORT + ")");
        }
        return port;
    }

    private static int database(String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "a Redis URL whose path is \"/" + text + "\" (accepted: the number of a database, /0 to /99999)");
        }
        return Integer.parseInt(text);
    }

    /** A plus stands for itself, other than in a form. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a Redis URL: a % without two hexadecimal digits" + ACCEPTED, e);
        }
    }

    /** What may be shown. */
    public String shown() {
        return host + ":" + port + (database == 0 ? "" : "/" + database);
    }

    @Override
    public String toString() {
        return shown();
    }
}
