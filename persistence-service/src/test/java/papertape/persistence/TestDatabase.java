package papertape.persistence;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.Secret;

/** A real QuestDB server on free loopback ports. */
final class TestDatabase implements AutoCloseable {
    static final Secret PASSWORD = new Secret("a1b2c3d4e5f6a7b8");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path dir;
    private final int httpPort = freePort();
    private final int pgPort = freePort();
    private Process process;

    TestDatabase(Path dir) {
        this.dir = dir;
        start();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * From now on the system refuses to make the server's files larger than that.
     *
     * @param bytes a number, or {@code unlimited}
     */
    void limitFiles(String bytes) throws Exception {
        Process limit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        if (limit.waitFor() != 0) {
            throw new IOException("prlimit has ended with " + limit.exitValue());
        }
    }

    DatabaseSettings settings() {
        return QuestDbServer.settings(httpPort, pgPort, "tester", PASSWORD);
    }

    void start() {
        try {
            QuestDbServer.prepare(dir, httpPort, pgPort, settings(), "test");
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            var builder = new ProcessBuilder(QuestDbServer.command(java, QuestDbServer.classPath(), dir))
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("server.log").toFile());
            // only then may a table be suspended by hand
            builder.environment().put("QDB_DEV_MODE_ENABLED", "true");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with " + process.exitValue());
            }
            return QuestDbServer.isReady(settings());
        });
    }

    void stop() {
        process.destroy();
        await().atMost(LIMIT).until(() -> !process.isAlive());
    }

    /** As after a crash. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    void awaitApplied() {
        try (DatabaseAudit audit = DatabaseAudit.open(settings())) {
            if (!audit.awaitApplied(LIMIT)) {
                throw new IllegalStateException("the server does not apply what it accepted");
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of a query; each value as the driver shows it, decimals without trailing zeros, null as "null". */
    List<List<String>> query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(settings().pgUrl(), "tester", PASSWORD.value());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (row.next()) {
                var values = new ArrayList<String>();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    values.add(text(row.getObject(column)));
                }
                rows.add(values);
            }
            return rows;
        }
    }

    private static String text(Object value) {
        return value instanceof java.math.BigDecimal decimal
                ? papertape.common.value.Decimals.canonical(decimal).toPlainString()
                : String.valueOf(value);
    }

    @Override
    public void close() {
        stop();
    }
}
