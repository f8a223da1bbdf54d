package papertape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    @ParameterizedTest
    @CsvSource({
        "--rates=0, --rates 0 (accepted: whole numbers from 1)",
        "'--rates=1000,-5', --rates -5 (accepted: whole numbers from 1)",
        "--rates=abc, 'abc'",
        "--runs=0, --runs 0 (accepted: whole numbers from 1)",
        "--messages=-1, --messages -1 (accepted: whole numbers from 0)",
        "--only=speed, 'speed'"
    })
    void aWrongNumberIsNamedBeforeAnythingStarts(String argument, String named) {
        StringWriter errors = new StringWriter();
        CommandLine line = new CommandLine(new Main()).setErr(new PrintWriter(errors));
        assertThat(line.execute(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains(named);
    }
}
