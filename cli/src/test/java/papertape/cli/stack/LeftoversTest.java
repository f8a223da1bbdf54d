package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void a_process_with_the_mark_of_the_folder_is_ended_though_no_file_names_it() throws Exception {
        Process left = bystander(List.of(Jvm.marked(new Home(folder).mark())));
        Process other = bystander(List.of(Jvm.marked(new Home(Files.createDirectory(folder.resolve("other"))).mark())));
        assertThat(end()).isTrue();
        assertThat(left.waitFor()).isNotZero();
        assertThat(other.isAlive()).as("of another folder").isTrue();
        assertThat(said).containsExactly("1 processes of a stack that was not stopped in order are left: ending them");
        assertThat(end()).isFalse();
    }

    @Test
    void a_process_of_the_file_is_ended_and_the_file_goes() throws Exception {
        Process left = bystander(List.of());
        write(StackFile.Entry.of("etl-1", left.pid()));
        assertThat(end()).isTrue();
        assertThat(left.waitFor()).isNotZero();
        assertThat(new Home(folder).stackFile()).doesNotExist();
    }

    @Test
    void a_process_that_has_got_the_id_of_one_that_ended_is_left_alone() throws Exception {
        Process recycled = bystander(List.of());
        Process foreign = new ProcessBuilder("sleep", "300").start();
        started.add(foreign);
        write(
                new StackFile.Entry("etl-1", recycled.pid(), StackFile.startOf(recycled.pid()) - 10),
                StackFile.Entry.of("etl-2", foreign.pid()));
        assertThat(end()).isFalse();
        assertThat(recycled.isAlive()).as("another start time").isTrue();
        assertThat(foreign.isAlive()).as("not one of our programs").isTrue();
    }

    @Test
    void a_file_of_another_version_stops_nothing() throws Exception {
        Files.writeString(new Home(folder).stackFile(), "{\"version\":99}");
        assertThat(end()).isFalse();
        assertThat(new Home(folder).stackFile()).doesNotExist();
    }

    private Process bystander(List<String> flags) throws Exception {
        Process process = Bystander.start(flags);
        started.add(process);
        return process;
    }

    private boolean end() throws Exception {
        try (FolderLock lock = FolderLock.take(new Home(folder), "papertape test")) {
            return Leftovers.end(lock, said::add);
        }
    }

    private void write(StackFile.Entry... entries) throws Exception {
        new StackFile(1, 1, "", "sim", "", "", "", "", "", "", "", "", "", "", List.of(entries))
                .write(new Home(folder));
    }
}
