package papertape.dashboard.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. Host is compared with a list, since a page of another site can make its own name point to this machine (DNS
 * rebinding). Whatever changes something must come from this very page: its Origin is compared exactly.
 */
final class Access {
    /** What a request shows of itself; a header is absent where the request has none. */
    record Asked(
            @Nullable String host,
            @Nullable String origin,
            @Nullable String token,
            @Nullable String contentType,
            boolean isChange) {}

    /** @param status 0: it may */
    record Verdict(int status, String reason) {
        static final Verdict ALLOWED = new Verdict(0, "");
    }

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISDIRECTED = 421;
    private static final int UNSUPPORTED = 415;

    private final Token token;
    private final Set<String> hosts = new TreeSet<>();
    private final boolean isReadOnly;

    /** @param more names besides those of the loopback address */
    Access(Token token, int port, List<String> more, boolean isReadOnly) {
        this.token = token;
        this.isReadOnly = isReadOnly;
        for (String name : List.of("127.0.0.1", "localhost", "[::1]")) {
            hosts.add(name + ":" + port);
        }
        for (String name : more) {
            String lower = name.toLowerCase(Locale.ROOT);
            // a proxy in front of it may use the usual port, which browsers leave out
            hosts.add(lower);
            hosts.add(lower + ":" + port);
        }
    }

    /** For a file of the page, which holds no secret. */
    Verdict file(@Nullable String host) {
        return isKnown(host)
                ? Verdict.ALLOWED
                : new Verdict(
                        MISDIRECTED, "unknown host " + host + " (accepted: " + hosts + "; setting dashboard.hosts)");
    }

    Verdict request(Asked asked) {
        Verdict host = file(asked.host());
        if (host.status() != 0) {
            return host;
        }
        if (!token.is(asked.token())) {
            return new Verdict(
                    UNAUTHORIZED, "the token is missing or wrong: open the address that papertape up or status prints");
        }
        if (!asked.isChange()) {
            return Verdict.ALLOWED;
        }
        if (isReadOnly) {
            return new Verdict(FORBIDDEN, "this dashboard only shows (setting dashboard.readOnly)");
        }
        if (!isOwnPage(asked)) {
            return new Verdict(FORBIDDEN, "the request comes from another page: " + asked.origin());
        }
        String type = asked.contentType();
        // a form of another page cannot send it without being asked for permission
        return type != null && type.startsWith("application/json")
                ? Verdict.ALLOWED
                : new Verdict(UNSUPPORTED, "Content-Type must be application/json, was " + type);
    }

    private boolean isKnown(@Nullable String host) {
        return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isOwnPage(Asked asked) {
        String origin = asked.origin();
        return origin != null && (origin.equals("http://" + asked.host()) || origin.equals("https://" + asked.host()));
    }
}
