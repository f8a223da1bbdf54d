package papertape.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import papertape.common.config.DatabaseSettings;

/** SQL statements over the server's HTTP interface, for the few that the sink needs. */
final class QuestDbHttp {
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int READ_TIMEOUT_MS = 10_000;

    private final String url;
    private final @Nullable String authorization;

    QuestDbHttp(DatabaseSettings settings) {
        url = settings.url() + "/exec?query=";
        authorization = settings.user().isEmpty() ? null : basic(settings);
    }

    private static String basic(DatabaseSettings settings) {
        String pair = settings.user() + ":" + settings.password().value();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    /** Runs a statement and gives the server's answer (JSON). */
    String execute(String sql) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(url + URLEncoder.encode(sql, UTF_8)).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
        connection.setReadTimeout(READ_TIMEOUT_MS);
        if (authorization != null) {
            connection.setRequestProperty("Authorization", authorization);
        }
        int status = connection.getResponseCode();
        String answer = body(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        if (status != 200) {
            throw new IOException("the database refused a statement: status=" + status + " answer=" + answer);
        }
        return answer;
    }

    private static String body(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
