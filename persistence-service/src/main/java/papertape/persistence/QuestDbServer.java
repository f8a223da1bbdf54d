package papertape.persistence;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.Secret;

/**
 * A QuestDB server of our own: a child process on loopback, small and quiet. This class writes its configuration and
 * spells its command line; whoever supervises processes starts and stops it (a SIGTERM stops it in order).
 *
 * <p>It is ready in two seconds, and in one from its second start on, when it loads its classes from the archive that the
 * first one left. It takes about 200 MB, 240 MB while it is written to, and idle 2 % of a core.
 */
public final class QuestDbServer {
    private static final String MAIN_CLASS = "io.questdb.ServerMain";

    /** Pools, pages and queues are sized for a machine that runs a whole stack, not for a server of its own. */
    private static final String SERVER_CONF = """
            # Written anew at every start; to tune a database, run one of your own and set database.url.
            config.validation.strict=true
            config.reload.enabled=false
            http.net.bind.to=127.0.0.1:%d
            pg.net.bind.to=127.0.0.1:%d
            # Not used; it says whose server this is.
            cairo.sql.copy.work.root=%s
            # Without them any web page that a browser of this machine shows could drop a table.
            http.user=%s
            http.password=%s
            pg.user=%s
            pg.password=%s
            line.tcp.enabled=false
            line.udp.enabled=false
            http.min.enabled=false
            # A message for a table that is not there is a fault to be shown, not a table to be guessed.
            line.auto.create.new.tables=false
            line.auto.create.new.columns=false
            telemetry.enabled=false
            metrics.enabled=false

            # Few threads, and idle ones sleep: a poll every 20 ms costs next to nothing.
            shared.worker.count=1
            export.worker.count=0
            view.compiler.worker.count=0
            wal.apply.worker.count=0
            shared.worker.yield.threshold=10
            shared.worker.nap.threshold=100
            shared.worker.sleep.threshold=200
            shared.worker.sleep.timeout=20
            http.net.connection.limit=32
            http.connection.pool.initial.capacity=2
            pg.net.connection.limit=16
            pg.connection.pool.capacity=2

            # The SQL compilers' pools: the defaults alone fill a heap of 100 MB.
            cairo.model.pool.capacity=16
            cairo.expression.pool.capacity=512
            cairo.column.pool.capacity=64
            cairo.lexer.pool.capacity=256
            cairo.sql.copy.model.pool.capacity=4
            cairo.sql.explain.model.pool.capacity=4
            cairo.sql.insert.model.pool.capacity=8
            cairo.create.table.column.model.pool.capacity=4
            cairo.sql.compile.view.model.pool.capacity=2
            cairo.sql.rename.table.model.pool.capacity=4
            cairo.sql.with.clause.model.pool.capacity=16
            cairo.sql.join.context.pool.capacity=16
            cairo.sql.window.column.pool.capacity=16
            cairo.sql.pivot.column.pool.capacity=4
            cairo.mat.view.enabled=false

            # Pages per column and open table: 16 tables of up to 25 columns.
            cairo.writer.data.append.page.size=256k
            cairo.wal.writer.data.append.page.size=256k
            cairo.system.writer.data.append.page.size=64k
            cairo.o3.column.memory.size=128k
            cairo.system.o3.column.memory.size=64k
            # What overlaps the rows before it is merged with the last few megabytes, not with the last fifty.
            cairo.o3.partition.split.min.size=4m
            cairo.wal.writer.pool.max.segments=2
            cairo.reader.pool.max.segments=2
            cairo.sql.copy.buffer.size=64k
            cairo.sql.hash.join.value.page.size=1m
            cairo.sql.sort.value.page.size=1m
            """;

    private static final String LOG_CONF = """
            writers=stdout
            w.stdout.class=io.questdb.log.LogConsoleWriter
            w.stdout.level=ERROR,CRITICAL
            """;

    private QuestDbServer() {}

    /**
     * Makes the directory a server's root; what it already holds stays.
     *
     * @param httpPort port of ingestion, REST queries and the web console
     * @param pgPort port of the PostgreSQL protocol
     * @param settings with the user and the password that both want
     * @param mark that {@link StackTable#claim} looks for
     */
    public static void prepare(Path dir, int httpPort, int pgPort, DatabaseSettings settings, String mark)
            throws IOException {
        Path conf = Files.createDirectories(dir.resolve("conf"));
        String user = settings.user();
        String password = settings.password().value();
        Path file = conf.resolve("server.conf");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, String.format(Locale.ROOT, SERVER_CONF, httpPort, pgPort, mark, user, password, user, password));
        Files.writeString(conf.resolve("log.conf"), LOG_CONF);
    }

    /**
     * The command that runs the server of a prepared directory.
     *
     * @param java the JDK's {@code java} executable
     * @param classPath of the server, as {@link #classPath()} finds it
     */
    public static List<String> command(Path java, String classPath, Path dir) {
        Path root = dir.toAbsolutePath();
        return List.of(
                java.toString(),
                "-Xms16m",
                "-Xmx96m",
                // Its SQL pools live long and its rows are not on the heap: a small nursery is enough.
                "-XX:NewSize=4m",
                "-XX:MaxNewSize=8m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TrimNativeHeapInterval=5000",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                // its own texts in digits that its clients read, whatever the machine's locale
                "-Duser.language=en",
                "-Duser.country=US",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                MAIN_CLASS,
                "-d",
                root.toString());
    }

    /**
     * Where the server's classes are on our own class path.
     *
     * @throws IllegalStateException when they are not there
     */
    public static String classPath() {
        String resource = MAIN_CLASS.replace('.', '/') + ".class";
        URL found = QuestDbServer.class.getClassLoader().getResource(resource);
        if (found == null || !found.getProtocol().equals("jar")) {
            throw new IllegalStateException("org.questdb:questdb is not on the class path");
        }
        String path = found.getPath();
        try {
            return Path.of(new URI(path.substring(0, path.indexOf("!/")))).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a jar's location: " + found, e);
        }
    }

    /** The settings with which the stack finds a server on these ports. */
    public static DatabaseSettings settings(int httpPort, int pgPort, String user, Secret password) {
        return new DatabaseSettings(
                "http://127.0.0.1:" + httpPort, "jdbc:postgresql://127.0.0.1:" + pgPort + "/qdb", user, password);
    }

    /** Whether the server answers a query. */
    public static boolean isReady(DatabaseSettings settings) {
        try {
            new QuestDbHttp(settings).execute("SELECT 1");
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
