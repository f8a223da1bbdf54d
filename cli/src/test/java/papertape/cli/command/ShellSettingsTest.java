package papertape.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shells of this machine make of the lines; redis-cli is a script that says how it was called. */
final class ShellSettingsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void redisCli() throws IOException {
        Path program =
                Files.writeString(folder.resolve("redis-cli"), "#!/bin/sh\necho \"cli <$*> auth <$REDISCLI_AUTH>\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private String said(String shell, String redisUrl, String script) throws Exception {
        String settings = ShellSettings.of(
                redisUrl, "http://127.0.0.1:9001", "jdbc:postgresql://127.0.0.1:8813/qdb", "me", "it's $a secret");
        Path file = Files.writeString(folder.resolve("env"), settings);
        ProcessBuilder builder = new ProcessBuilder(List.of(shell, "-c", "eval \"$(cat " + file + ")\"\n" + script))
                .redirectErrorStream(true);
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void redis_cli_finds_any_port_and_the_password_is_no_argument() throws Exception {
        for (String shell : List.of("bash", "sh")) {
            assertThat(said(
                            shell,
                            "redis://default:abc123@127.0.0.1:6380",
                            "redis-cli PUBLISH pt:signals '{\"a b\":1}'"))
                    .isEqualTo("cli <-h 127.0.0.1 -p 6380 PUBLISH pt:signals {\"a b\":1}> auth <abc123>\n");
        }
    }

    @Test
    void user_tls_database_and_escapes_of_a_given_url_are_kept() throws Exception {
        assertThat(said("bash", "rediss://me:p%40ss%27+x@redis.example/2", "redis-cli PING"))
                .isEqualTo("cli <-h redis.example -p 6379 --user me --tls -n 2 PING> auth <p@ss'+x>\n");
        assertThat(said("bash", "redis://:abc@host:1", "redis-cli PING"))
                .isEqualTo("cli <-h host -p 1 PING> auth <abc>\n");
        assertThat(said("bash", "redis://host:1", "redis-cli PING")).isEqualTo("cli <-h host -p 1 PING> auth <>\n");
    }

    @Test
    void psql_gets_all_that_it_needs() throws Exception {
        assertThat(said(
                        "sh",
                        "redis://host:1",
                        "echo $PGHOST $PGPORT $PGDATABASE $PGUSER \"$PGPASSWORD\" $QUESTDB_URL"))
                .isEqualTo("127.0.0.1 8813 qdb me it's $a secret http://127.0.0.1:9001\n");
    }
}
