package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a server that knows nothing of its supervisor: sleep. */
@EnabledOnOs(OS.LINUX)
final class ServerGuardTest {
    @TempDir
    Path folder;

    @Test
    void the_server_has_the_process_id_that_was_started_and_ends_when_the_pipe_closes() throws Exception {
        Process server = start(1);
        try {
            awaitServer(server);
            server.getOutputStream().close();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as("SIGTERM").isEqualTo(143);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void the_server_is_given_time_before_it_is_ended() throws Exception {
        Process server = start(3);
        try {
            awaitServer(server);
            server.getOutputStream().close();
            assertThat(server.waitFor(1, TimeUnit.SECONDS))
                    .as("within its grace")
                    .isFalse();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_second_server_does_not_start_in_the_folder_while_the_first_lives() throws Exception {
        Process first = start(1);
        try {
            awaitServer(first);
            Process second = start(1);
            assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(75);
            assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("another server runs in this folder");
            first.destroyForcibly().waitFor();
            Process third = start(1);
            awaitServer(third);
            third.destroyForcibly();
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void the_guard_of_a_server_that_was_killed_ends_and_signals_nobody() throws Exception {
        Process server = start(1);
        awaitServer(server);
        List<ProcessHandle> guards = server.children().toList();
        assertThat(guards).hasSize(1);
        server.destroyForcibly().waitFor();
        server.getOutputStream().close();
        guards.getFirst().onExit().get(10, TimeUnit.SECONDS);
    }

    private Process start(int graceSeconds) throws IOException {
        List<String> command =
                ServerGuard.command(folder.resolve("lock"), 1, graceSeconds, 10, List.of("/bin/sleep", "300"));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void awaitServer(Process process) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        Path arguments = Path.of("/proc/" + process.pid() + "/cmdline");
        while (!Files.readString(arguments).startsWith("/bin/sleep")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
