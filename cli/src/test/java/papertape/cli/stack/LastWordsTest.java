package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastWordsTest {
    @TempDir
    Path folder;

    private String in(String text) throws Exception {
        return LastWords.in(Files.writeString(folder.resolve("log"), text));
    }

    @Test
    void the_last_line_that_names_something_wrong_is_told_without_its_stack_trace() throws Exception {
        assertThat(
                        in(
                                "INFO started\nERROR first\nException in thread main: no more\n\tat a.B.c(D.java:1)\n\t... 3 more\nbye\n"))
                .isEqualTo("Exception in thread main: no more");
        assertThat(in("Unrecognized VM option 'X'\nError: Could not create the Java Virtual Machine.\n"
                        + "Error: A fatal exception has occurred. Program will exit.\n"))
                .isEqualTo("Unrecognized VM option 'X'");
        assertThat(in("one\n\ntwo\n\n")).isEqualTo("two");
    }

    @Test
    void a_log_that_is_empty_missing_or_large_is_no_obstacle() throws Exception {
        assertThat(in("")).isEqualTo("nothing");
        assertThat(LastWords.in(folder.resolve("none"))).contains("could be read");
        assertThat(in("x\n".repeat(100_000) + "ERROR " + "y".repeat(1_000)))
                .startsWith("ERROR y")
                .hasSizeLessThan(320);
    }
}
