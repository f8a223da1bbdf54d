package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.PersistenceSettings;

/** The stack's own server does nothing for whoever has no password, such as a web page in a browser of the machine. */
class QuestDbAccessTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path dir;

    @Test
    void no_statement_and_no_row_is_taken_without_the_password() throws Exception {
        try (TestDatabase database = new TestDatabase(dir);
                QuestDbSink sink = new QuestDbSink(database.settings(), new PersistenceSettings(true, true))) {
            var deliveries = new Deliveries();
            deliveries.trade("etl.3-1", "50000.01", "1");
            sink.write(deliveries.list());
            database.awaitApplied();

            for (String credentials : List.of("", "tester:wrong", "admin:quest", "tester:")) {
                assertThat(status(database, "GET", "/exec?query=" + encoded("DROP TABLE trades"), credentials))
                        .as(credentials)
                        .isEqualTo(401);
                assertThat(status(database, "POST", "/write", credentials))
                        .as(credentials)
                        .isEqualTo(401);
                assertThat(status(database, "POST", "/imp?name=trades", credentials))
                        .as(credentials)
                        .isEqualTo(401);
            }
            assertThat(status(
                            database,
                            "GET",
                            "/exec?query=" + encoded("SELECT 1"),
                            "tester:" + TestDatabase.PASSWORD.value()))
                    .isEqualTo(200);
            assertThat(database.query("SELECT count() FROM trades")).containsExactly(List.of("1"));
        }
    }

    @Test
    void the_postgresql_port_wants_the_password_as_well() {
        try (TestDatabase database = new TestDatabase(dir)) {
            String url = database.settings().pgUrl();
            assertThatThrownBy(() ->
                            DriverManager.getConnection(url, "admin", "quest").close())
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() ->
                            DriverManager.getConnection(url, "tester", "wrong").close())
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void only_the_owner_can_read_the_servers_settings() throws Exception {
        try (TestDatabase database = new TestDatabase(dir)) {
            Path settings = dir.resolve("conf").resolve("server.conf");
            assertThat(Files.readString(settings))
                    .contains(database.settings().password().value());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                    .isEqualTo("rw-------");
        }
    }

    private static String encoded(String sql) {
        return URLEncoder.encode(sql, StandardCharsets.UTF_8);
    }

    /** As a page of another origin asks. */
    private static int status(TestDatabase database, String method, String path, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(database.settings().url() + path))
                .header("Origin", "https://evil.example")
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? "trades price=1\n" : ""));
        if (!credentials.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
