package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void two_stacks_of_one_process_do_not_get_the_same_folder_and_the_first_keeps_it() throws Exception {
        Home home = new Home(folder.resolve("stack"));
        FolderLock first = FolderLock.take(home, "papertape up");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> FolderLock.take(home, "papertape up"))
                    .isInstanceOf(FolderLock.Taken.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " (papertape up)");
        }
        first.close();
        FolderLock.take(home, "papertape up").close();
    }

    @Test
    void another_name_of_the_folder_is_the_same_folder() throws Exception {
        FolderLock first = FolderLock.take(new Home(folder), "papertape up");
        Path roundabout = folder.resolve("..").resolve(folder.getFileName());
        assertThatThrownBy(() -> FolderLock.take(new Home(roundabout), "papertape up"))
                .isInstanceOf(FolderLock.Taken.class);
        first.close();
    }

    @Test
    void a_folder_of_another_process_is_taken_until_that_process_ends_however_it_ends() throws Exception {
        Home home = new Home(folder);
        Process other = Bystander.start(List.of(), folder.toString());
        try {
            assertThatThrownBy(() -> FolderLock.take(home, "papertape up"))
                    .isInstanceOf(FolderLock.Taken.class)
                    .hasMessageContaining("process " + other.pid() + " (papertape test)")
                    .hasMessageContaining("papertape down");
            assertThat(FolderLock.find(home).orElseThrow().pid()).isEqualTo(other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(FolderLock.find(home)).isEmpty();
        FolderLock.take(home, "papertape up").close();
    }
}
