package papertape.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import papertape.bench.Results.Stored;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.PersistenceSettings;
import papertape.common.config.Secret;
import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Quote;
import papertape.common.runtime.Sink.Delivery;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.persistence.QuestDbServer;
import papertape.persistence.QuestDbSink;

/**
 * What a row costs the database, by how batches follow each other in event time: in order, or each with a row that is
 * older than the last of the batch before, as when tasks are not equally far. Only the second half of a run counts, when
 * the server is warm.
 */
final class Database implements AutoCloseable {
    private static final int BATCHES = 100;
    private static final int STEP_MICROS = 30;
    private static final long BATCH_EVERY_MS = 50;
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTLE_MS = 1_500;

    private final Path folder;
    private final Process server;
    private final DatabaseSettings settings;

    private Database(Path folder, Process server, DatabaseSettings settings) {
        this.folder = folder;
        this.server = server;
        this.settings = settings;
    }

    /** @param rows of a batch, in each of the runs */
    static List<Stored> measure(int... rows) throws IOException, InterruptedException {
        List<Stored> found = new ArrayList<>();
        for (int each : rows) {
            for (int overlap : new int[] {0, 100}) {
                try (Database database = open()) {
                    found.add(database.run(each, overlap));
                }
            }
        }
        return found;
    }

    private static Database open() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("papertape-bench-questdb");
        int http = port();
        int pg = port();
        DatabaseSettings settings = QuestDbServer.settings(
                http, pg, "bench", new Secret(UUID.randomUUID().toString()));
        QuestDbServer.prepare(folder, http, pg, settings, "bench");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process server = new ProcessBuilder(QuestDbServer.command(java, QuestDbServer.classPath(), folder))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        Database database = new Database(folder, server, settings);
        long deadline = System.nanoTime() + READY_NS;
        while (!QuestDbServer.isReady(database.settings)) {
            if (System.nanoTime() - deadline > 0) {
                database.close();
                throw new IOException("the database does not answer");
            }
            TimeUnit.MILLISECONDS.sleep(BATCH_EVERY_MS);
        }
        return database;
    }

    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Stored run(int rows, int overlapMicros) throws IOException, InterruptedException {
        QuestDbSink sink = new QuestDbSink(settings, new PersistenceSettings(true, true));
        try {
            long seq = 0;
            double cpuBefore = 0;
            for (int i = 0; i < BATCHES; i++) {
                if (i == BATCHES / 2) {
                    cpuBefore = cpuSeconds();
                }
                sink.write(batch(seq, rows, overlapMicros));
                seq += rows;
                TimeUnit.MILLISECONDS.sleep(BATCH_EVERY_MS);
            }
            // what it has in its log it puts into the table a moment later
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            double cpu = (cpuSeconds() - cpuBefore) * 1e6 / (seq / 2.0);
            return new Stored(rows, overlapMicros, cpu);
        } finally {
            sink.close();
        }
    }

    private static List<Delivery> batch(long before, int rows, int overlapMicros) {
        List<Delivery> batch = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            long seq = before + i + 1;
            long ts = 1_700_000_000_000_000L + seq * STEP_MICROS - (i == 0 ? overlapMicros : 0);
            Header header = new Header(MessageId.of("etl.0-" + seq), ts, MessageId.of("feed.0-" + seq), ts);
            Quote quote = new Quote(
                    header,
                    Instrument.of("SIM", "S" + (100 + seq % 100) + "-USD"),
                    Price.of("99.99"),
                    Qty.of("61.7023"),
                    Price.of("100.01"),
                    Qty.of("2.2362"),
                    seq);
            batch.add(new Delivery(Channel.TICKS, (int) (seq % 8), seq, quote));
        }
        return batch;
    }

    private double cpuSeconds() {
        return Objects.requireNonNull(
                Processes.cpuSeconds(Map.of("questdb", server.pid())).get("questdb"));
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Rig.delete(folder);
    }
}
