package papertape.persistence;

import io.questdb.client.Sender;
import io.questdb.client.cutlass.line.LineSenderException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.PersistenceSettings;
import papertape.common.message.Clock;
import papertape.common.runtime.Sink;
import papertape.common.text.Cause;

/**
 * Writes messages to QuestDB over its line protocol (HTTP). A batch is done when the server has it in its write-ahead
 * log; that the tables show it a moment later is the server's business ({@link DatabaseAudit#awaitApplied} waits for it).
 * A batch that comes again replaces its own rows, since the tables deduplicate by (ts, part, seq).
 */
public final class QuestDbSink implements Sink {
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    /** Rows of one request: enough to make its cost vanish, few enough to keep the buffer at a few megabytes. */
    private static final int MAX_ROWS = 20_000;

    private static final int MAX_BYTES = 8 << 20;
    /** Far above what {@link #MAX_BYTES} lets come together and one more message of any size adds. */
    private static final int BUFFER_LIMIT = 128 << 20;
    /** Line protocol with binary numbers and decimals; QuestDB 9.2 and later. */
    private static final int PROTOCOL = Sender.PROTOCOL_VERSION_V3;

    private final DatabaseSettings database;
    private final PersistenceSettings content;
    private final String mark;
    private String stackId = "";
    /** Why the last batch was not taken; empty where it was. Any thread. */
    private volatile String refusal = "";

    private final TableWatch tables;
    private @Nullable Connection connection;
    private boolean isWatching;

    /** Tables that exist, and a way to fill them. */
    private record Connection(Sender sender, MessageRows rows) {}

    public QuestDbSink(Config config) {
        this(config.database(), config.persistence(), System.getenv().getOrDefault(StackTable.MARK_SETTING, ""));
    }

    /** Connects with the first batch. */
    public QuestDbSink(DatabaseSettings database, PersistenceSettings content) {
        this(database, content, "");
    }

    /** @param mark of the folder in which the server must run; empty: in any */
    QuestDbSink(DatabaseSettings database, PersistenceSettings content, String mark) {
        if (database.url().isEmpty()) {
            throw new ConfigException(List.of(
                    "database.url is empty: no server was started and none was named (accepted: http://host:port)"));
        }
        this.database = database;
        this.content = content;
        this.mark = mark;
        this.tables = new TableWatch(database);
    }

    @Override
    public void belongs(String id) {
        stackId = id;
    }

    @Override
    public void write(Iterable<Delivery> batch) throws IOException {
        try {
            send(batch, connected());
            refusal = "";
        } catch (LineSenderException e) {
            disconnect();
            refusal = Refusal.text(Cause.of(e));
            throw new IOException("the database did not take a batch: " + Cause.of(e), e);
        } catch (IOException e) {
            refusal = Refusal.text(Cause.of(e));
            throw e;
        }
    }

    private void send(Iterable<Delivery> batch, Connection to) {
        int pending = 0;
        for (Delivery delivery : batch) {
            Table table = Table.of(delivery.channel(), delivery.message());
            if (isWanted(table) && !(delivery.message() instanceof Clock)) {
                to.rows.add(table, delivery);
                pending++;
            }
            if (pending == MAX_ROWS || to.sender.bufferView().size() > MAX_BYTES) {
                to.sender.flush();
                pending = 0;
            }
        }
        if (pending > 0) {
            to.sender.flush();
        }
    }

    private boolean isWanted(Table table) {
        return switch (table) {
            case RAW -> content.raw();
            case BOOKS -> content.books();
            case TRADES, QUOTES, BARS, FEED_STATUS -> true;
            case SIGNALS, ORDERS, APPROVED, EXECUTIONS, ACCOUNTS, PNL, DEAD_LETTERS, UNSTORED -> true;
        };
    }

    private Connection connected() throws IOException {
        Connection current = connection;
        if (current == null) {
            if (!stackId.isEmpty()) {
                StackTable.claim(database, stackId, mark);
            }
            createTables();
            watch();
            Sender sender = newSender();
            current = new Connection(sender, new MessageRows(sender));
            connection = current;
        }
        return current;
    }

    private void watch() {
        if (!isWatching && !database.pgUrl().isEmpty()) {
            isWatching = true;
            tables.start();
        }
    }

    @Override
    public String complaint() {
        return Stream.of(refusal, tables.complaint())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private void createTables() throws IOException {
        var http = new QuestDbHttp(database);
        for (Table table : Table.values()) {
            http.execute(table.createStatement());
            for (String statement : table.addedColumns()) {
                http.execute(statement);
            }
        }
    }

    private Sender newSender() {
        URI uri = URI.create(database.url());
        var builder = Sender.builder(Sender.Transport.HTTP)
                .address(uri.getAuthority())
                .disableAutoFlush()
                .protocolVersion(PROTOCOL)
                .maxBufferCapacity(BUFFER_LIMIT)
                .httpTimeoutMillis(REQUEST_TIMEOUT_MS)
                // The caller has the batch and the patience.
                .retryTimeoutMillis(0);
        if ("https".equals(uri.getScheme())) {
            builder.enableTls();
        }
        if (!database.user().isEmpty()) {
            builder.httpUsernamePassword(database.user(), database.password().value());
        }
        return builder.build();
    }

    private void disconnect() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            old.sender.reset();
            old.sender.close();
        }
    }

    @Override
    public void close() {
        disconnect();
        tables.close();
    }
}
