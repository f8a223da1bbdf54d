package papertape.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.Main;
import papertape.cli.stack.GivenRedis;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.json.StateCodec;
import picocli.CommandLine;

/** {@code --redis} names the Redis of one stack, the folder is another's: nothing is done to either by mistake. */
final class MismatchTest {
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    Path folder;

    private GivenRedis server;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws Exception {
        server = GivenRedis.start(folder);
        StackFile stack = new StackFile(
                1,
                1,
                "stack-a",
                "coinbase",
                "redis://127.0.0.1:1",
                "",
                "",
                NOWHERE,
                "jdbc:postgresql://127.0.0.1:1/qdb",
                "",
                "",
                "",
                "",
                "",
                List.of());
        Files.write(folder.resolve("stack.json"), new StateCodec<>(StackFile.class).encode(stack));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void holds(String stackId) {
        try (Redis redis = server.connect()) {
            new Bus(redis, Keys.of("pt:")).claim(stackId);
        }
    }

    private int run(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--redis", server.url(), "--home", folder.toString()));
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(complained));
        int code = line.execute(command.toArray(new String[0]));
        out = said.toString();
        err = complained.toString();
        return code;
    }

    @Test
    void a_command_that_changes_something_is_refused_with_both_ids() {
        holds("stack-b");
        for (String command : List.of(
                "halt",
                "halt demo",
                "resume demo",
                "cancel o-1 --account demo",
                "replace o-1 --account demo --qty 2",
                "order buy 1 SIM:BTC-USD",
                "account open demo",
                "account deposit demo 1",
                "account limits demo maxOpenOrders=1",
                "scale etl=2")) {
            assertThat(run(command.split(" "))).as(command).isEqualTo(1);
            assertThat(err)
                    .as(command)
                    .contains("stack-b", "stack-a", folder.toString(), "nothing is changed", "--home DIR");
            assertThat(err.strip().lines()).as(command).hasSize(1);
        }
        try (Redis redis = server.connect()) {
            assertThat(redis.call("EXISTS", "pt:scale")).isEqualTo(0L);
        }
    }

    @Test
    void a_command_that_looks_says_it_in_one_line_and_leaves_the_folders_database_alone() {
        holds("stack-b");
        for (String command : List.of("orders", "positions", "account list", "deadletter", "orders --json")) {
            assertThat(run(command.split(" "))).as(command + err).isEqualTo(0);
            assertThat(err.strip().lines())
                    .as(command)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("stack-b", "stack-a");
        }
        run("status");
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(out).doesNotContain("PROBLEM: database").doesNotContain("PROBLEM: supervisor");
    }

    @Test
    void the_same_stack_under_another_url_is_no_mismatch() {
        holds("stack-a");
        assertThat(run("orders")).isEqualTo(0);
        assertThat(err).isEmpty();
        run("status");
        assertThat(out).as("the folder's database counts").contains("PROBLEM: database");
    }

    @Test
    void a_hostile_id_is_shown_without_its_control_characters() {
        holds("stack\u001b[2J\nb");
        assertThat(run("halt", "demo")).isEqualTo(1);
        assertThat(err.strip().lines()).hasSize(1).first().asString().doesNotContain("\u001b");
    }
}
