package papertape.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParentWatchTest {
    @TempDir
    Path folder;

    /** A process that watches its parent and writes a file when it is ended in order. */
    static final class Watching {
        private Watching() {}

        public static void main(String[] args) throws Exception {
            Path file = Path.of(args[0]);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Files.writeString(file, "ended in order");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
            ParentWatch.start(System.getenv());
            System.out.println("runs");
            System.out.flush();
            TimeUnit.MINUTES.sleep(5);
        }
    }

    @Test
    void a_process_that_watches_ends_in_order_when_the_other_end_of_its_input_is_gone() throws Exception {
        Process process = start(Map.of(ParentWatch.SETTING, "true"));
        try {
            assertThat(process.waitFor(300, TimeUnit.MILLISECONDS))
                    .as("with an open input")
                    .isFalse();
            process.getOutputStream().close();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(folder.resolve("end")).hasContent("ended in order");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_process_that_is_not_told_to_watch_goes_on_without_an_input_as_in_a_container() throws Exception {
        Process process = start(Map.of());
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(1, TimeUnit.SECONDS)).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Watching.class.getName(),
                        folder.resolve("end").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.inputReader().readLine()).isEqualTo("runs");
        return process;
    }
}
