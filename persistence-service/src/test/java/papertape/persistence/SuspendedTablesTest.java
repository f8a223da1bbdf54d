package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.PersistenceSettings;

/** Tables that the server has suspended, as it does when its disk is full. */
class SuspendedTablesTest {
    private static final PersistenceSettings ALL = new PersistenceSettings(true, true);

    @TempDir
    Path dir;

    @Test
    void suspended_tables_are_resumed_named_while_they_are_so_and_lose_nothing() throws Exception {
        try (var database = new TestDatabase(dir);
                var sink = new QuestDbSink(database.settings(), ALL);
                var watch = new TableWatch(database.settings())) {
            var deliveries = new Deliveries();
            for (int i = 0; i < 100; i++) {
                deliveries.trade("etl.3-" + i, "50000.01", "1");
            }
            sink.write(deliveries.list().subList(0, 40));
            database.awaitApplied();
            watch.look();
            assertThat(watch.complaint()).isEmpty();

            execute(database, "ALTER TABLE trades SUSPEND WAL");
            sink.write(deliveries.list().subList(40, 100));
            assertThat(SuspendedTables.names(database.settings())).containsExactly("trades");
            assertThat(database.query("SELECT count() FROM trades")).containsExactly(List.of("40"));

            watch.look();
            assertThat(watch.complaint()).contains("suspended", "trades", "RESUME WAL");
            database.awaitApplied();
            watch.look();
            assertThat(watch.complaint()).isEmpty();
            assertThat(database.query("SELECT count(), count_distinct(seq) FROM trades"))
                    .containsExactly(List.of("100", "100"));
        }
    }

    @Test
    void a_database_that_does_not_answer_clears_no_complaint() throws Exception {
        try (var database = new TestDatabase(dir);
                var sink = new QuestDbSink(database.settings(), ALL);
                var watch = new TableWatch(database.settings())) {
            var deliveries = new Deliveries();
            deliveries.trade("etl.3-1", "50000.01", "1");
            sink.write(deliveries.list());
            database.awaitApplied();
            execute(database, "ALTER TABLE trades SUSPEND WAL");
            watch.look();
            database.stop();
            watch.look();
            assertThat(watch.complaint()).contains("trades");
            database.start();
            watch.look();
            assertThat(watch.complaint()).isEmpty();
        }
    }

    private static void execute(TestDatabase database, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(
                        database.settings().pgUrl(), "tester", TestDatabase.PASSWORD.value());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
