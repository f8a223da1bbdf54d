package papertape.persistence;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.config.DatabaseSettings;

/** Looks regularly for suspended tables, in a thread of its own, and lets them go on. */
final class TableWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);
    private static final long EVERY_MS = 5_000;

    private final DatabaseSettings database;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tables").factory());
    private volatile List<String> suspended = List.of();

    TableWatch(DatabaseSettings database) {
        this.database = database;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Looks once. A table counts as suspended until a later look finds it well. */
    void look() {
        try {
            List<String> found = SuspendedTables.resume(database);
            if (!found.isEmpty() && !found.equals(suspended)) {
                LOG.atError().addKeyValue("tables", found).log("database has suspended tables: resuming them");
            }
            if (found.isEmpty() && !suspended.isEmpty()) {
                LOG.atInfo().addKeyValue("tables", suspended).log("suspended tables go on");
            }
            suspended = found;
        } catch (SQLException e) {
            // a database that is away is the writer's to say; what was suspended stays so until it answers
            LOG.atDebug().setCause(e).log("tables could not be looked at");
        }
    }

    /** Why the database is of no use at the moment; empty where it is. Any thread. */
    String complaint() {
        List<String> now = suspended;
        return now.isEmpty() ? "" : SuspendedTables.text(now);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
