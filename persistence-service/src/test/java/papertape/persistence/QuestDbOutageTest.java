package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.PersistenceSettings;
import papertape.common.runtime.Sink.Delivery;

class QuestDbOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final PersistenceSettings ALL = new PersistenceSettings(true, true);

    private static List<Delivery> trades(int count) {
        var deliveries = new Deliveries();
        for (int i = 0; i < count; i++) {
            deliveries.trade("etl.3-" + i, "50000.01", "1");
        }
        return deliveries.list();
    }

    @Test
    void refusesWhileTheDatabaseIsAwayAndLosesNothing(@TempDir Path dir) throws Exception {
        List<Delivery> all = trades(3_000);
        try (var database = new TestDatabase(dir);
                var sink = new QuestDbSink(database.settings(), ALL)) {
            sink.write(all.subList(0, 1_000));
            database.stop();
            List<Delivery> second = all.subList(1_000, 2_000);
            assertThatThrownBy(() -> sink.write(second)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> sink.write(second)).isInstanceOf(IOException.class);
            database.start();
            sink.write(second);
            database.kill();
            // Whether the batch got through before the crash is not known to the writer, so it comes again.
            assertThatThrownBy(() -> sink.write(second)).isInstanceOf(IOException.class);
            database.start();
            sink.write(second);
            sink.write(all.subList(2_000, 3_000));
            database.awaitApplied();
            assertThat(database.query("SELECT count(), count_distinct(seq), max(seq) FROM trades"))
                    .containsExactly(List.of("3000", "3000", "3000"));
        }
    }

    /** Case 42: the disk of a running database takes nothing more, and has room again later. */
    @Test
    void a_database_whose_disk_takes_nothing_is_complained_of_until_it_has_room_and_nothing_is_lost(@TempDir Path dir)
            throws Exception {
        List<Delivery> all = trades(60_000);
        try (var database = new TestDatabase(dir);
                var sink = new QuestDbSink(database.settings(), ALL)) {
            sink.write(all.subList(0, 1_000));
            assertThat(sink.complaint()).isEmpty();
            database.limitFiles("4096");
            assertThatThrownBy(() -> sink.write(all)).isInstanceOf(IOException.class);
            assertThat(sink.complaint()).contains("the database takes no rows", "wait in the journals");
            assertThatThrownBy(() -> sink.write(all)).isInstanceOf(IOException.class);
            database.limitFiles("unlimited");
            await().atMost(LIMIT).ignoreException(IOException.class).untilAsserted(() -> sink.write(all));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    database.query("SELECT count(), count_distinct(seq), max(seq) FROM trades"))
                            .containsExactly(List.of("60000", "60000", "60000")));
            await().atMost(LIMIT).until(() -> sink.complaint().isEmpty());
        }
    }

    @Test
    void a_full_disk_is_named_with_what_to_do() {
        assertThat(Refusal.text("write error: bars, errno: 28, error: could not\nappend"))
                .contains("its disk is full, make room", "could not append");
        assertThat(Refusal.text("errno=28")).contains("disk is full");
        assertThat(Refusal.text("errno=280")).doesNotContain("disk is full");
        assertThat(Refusal.text("Connection refused")).endsWith("nothing is lost: Connection refused");
    }

    @Test
    void refusesWhenNobodyHasEverAnswered() throws Exception {
        var settings = QuestDbServer.settings(1, 1, "tester", TestDatabase.PASSWORD);
        try (var sink = new QuestDbSink(settings, ALL)) {
            assertThatThrownBy(() -> sink.write(trades(1))).isInstanceOf(IOException.class);
        }
        assertThat(QuestDbServer.isReady(settings)).isFalse();
    }
}
