package papertape.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.config.PersistenceSettings;

final class StackTableTest {
    @TempDir
    Path folder;

    @Test
    void a_database_belongs_to_the_first_stack_that_claims_it_and_refuses_the_others() throws Exception {
        try (TestDatabase database = new TestDatabase(folder)) {
            try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
                assertThat(audit.stackId()).isEmpty();
            }
            StackTable.claim(database.settings(), "one", "");
            StackTable.claim(database.settings(), "one", "test");
            assertThatThrownBy(() -> StackTable.claim(database.settings(), "two", ""))
                    .isInstanceOf(StackTable.Foreign.class)
                    .hasMessageContaining("another stack (one), this stack is two");
            assertThatThrownBy(() -> StackTable.claim(database.settings(), "one", "another-mark"))
                    .isInstanceOf(StackTable.Foreign.class)
                    .hasMessageContaining("another folder");
            try (DatabaseAudit audit = DatabaseAudit.open(database.settings())) {
                assertThat(audit.stackId()).isEqualTo("one");
            }
            try (QuestDbSink sink = new QuestDbSink(database.settings(), new PersistenceSettings(true, true), "")) {
                sink.belongs("two");
                assertThatThrownBy(() -> sink.write(List.of())).isInstanceOf(StackTable.Foreign.class);
                sink.belongs("one");
                sink.write(List.of());
            }
        }
    }
}
