package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;

/** The users of the stack's own Redis, on such a server. */
final class RedisUsersTest {
    private static final List<String> PROTECTED = List.of(
            "CONFIG SET dir /tmp",
            "CONFIG GET *",
            "DEBUG SLEEP 0",
            "MODULE LIST",
            "SAVE",
            "BGREWRITEAOF",
            "FLUSHALL",
            "FLUSHDB",
            "SWAPDB 0 1",
            "KEYS *",
            "MONITOR",
            "SHUTDOWN",
            "REPLICAOF NO ONE",
            "MIGRATE 127.0.0.1 1 a 0 1",
            "ACL LIST");

    @TempDir
    static Path folder;

    private static Credentials credentials;
    private static Path program;
    private static Process server;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Home home = new Home(folder);
        credentials = Credentials.of(home);
        program = RedisServer.program(home);
        port = new Ports().free(0);
        Path users = home.redis().resolve("users.acl");
        new RedisUsers(credentials, "pt:", RedisServer.majorVersion(program)).write(users);
        List<String> command = new ArrayList<>(RedisServer.command(program, port, home.redis(), "everysec", "any"));
        command.addAll(List.of("--aclfile", users.toString()));
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.logs().resolve("redis.log").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Redis redis = as(Credentials.SUPERVISOR)) {
                redis.call("PING");
                return;
            } catch (Redis.Unavailable e) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        server.waitFor(10, TimeUnit.SECONDS);
    }

    private static Redis as(String user) {
        return Redis.connect(
                RedisSettings.at(
                        "redis://" + user + ":" + credentials.password(user).value() + "@127.0.0.1:" + port),
                "test");
    }

    @Test
    void without_a_password_and_with_a_wrong_one_nothing_is_done() {
        assertThatThrownBy(() -> Redis.connect(RedisSettings.at("redis://127.0.0.1:" + port), "test"))
                .isInstanceOf(Redis.Refused.class)
                .hasMessageContaining("NOAUTH");
        assertThatThrownBy(() -> Redis.connect(RedisSettings.at("redis://:wrong@127.0.0.1:" + port), "test"))
                .isInstanceOf(Redis.Refused.class)
                .hasMessageContaining("WRONGPASS");
    }

    @Test
    void nobody_but_the_supervisor_changes_the_server() throws IOException {
        List<String> users = new ArrayList<>(List.of(Credentials.OPERATOR));
        for (Stages stage : Stages.values()) {
            users.add(stage.text());
        }
        for (String user : users) {
            for (String command : PROTECTED) {
                assertThat(answer(user, command)).as(user + " " + command).startsWith("-NOPERM");
            }
        }
        assertThat(answer(Credentials.SUPERVISOR, "DEBUG SLEEP 0")).isEqualTo("+OK");
        try (Redis redis = as(Credentials.SUPERVISOR)) {
            assertThat(redis.call("CONFIG", "GET", "maxmemory-policy")).isNotNull();
        }
    }

    /** The first line of the answer to a command as it is typed. */
    private static String answer(String user, String command) throws IOException {
        String password = credentials.password(user).value();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("AUTH " + user + " " + password + "\r\n" + command + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).isEqualTo("+OK");
            return in.readLine();
        }
    }

    @Test
    void people_and_scripts_read_and_write_everything_of_the_bus() {
        try (Redis redis = as(Credentials.OPERATOR)) {
            assertThatCode(() -> {
                        redis.call("PUBLISH", "pt:signals", "any");
                        redis.call("XADD", "pt:journal:ticks.3", "1-0", "f", "any");
                        redis.call("XRANGE", "pt:journal:ticks.3", "-", "+");
                        redis.call("HSET", "pt:scale", "etl", "2");
                        redis.call("SREM", "pt:consumers:ticks", "mystage");
                        redis.call("CLIENT", "LIST");
                        redis.call("INFO", "memory");
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_service_writes_its_own_journals_and_no_others() {
        try (Redis redis = as("signal")) {
            redis.call("XADD", "pt:journal:signals.3", "1-0", "f", "any");
            for (String key : List.of("pt:journal:approved.3", "pt:journal:executions.3", "pt:state:risk.3", "other")) {
                assertThatThrownBy(() -> redis.call("XADD", key, "1-0", "f", "any"))
                        .as(key)
                        .isInstanceOf(Redis.Refused.class)
                        .hasMessageStartingWith("NOPERM");
            }
            assertThatThrownBy(() -> redis.call("PUBLISH", "pt:orders", "any"))
                    .isInstanceOf(Redis.Refused.class)
                    .hasMessageStartingWith("NOPERM");
        }
    }

    @Test
    void the_namespace_is_that_of_the_settings_and_only_redis_7_gets_what_only_redis_7_knows() throws IOException {
        String old = new RedisUsers(credentials, "mine:", 6).text();
        String modern = new RedisUsers(credentials, "mine:", 7).text();
        assertThat(old).contains("~mine:task:feed.*", "&mine:raw.*").doesNotContain("pt:", "(", ")", "%R~");
        assertThat(modern)
                .contains("%R~mine:task:*", "(+subscribe &mine:step &mine:rebalance:etl")
                .doesNotContain("pt:");
    }

    @Test
    void the_servers_file_holds_no_password() throws IOException {
        String text = new RedisUsers(credentials, "pt:", 6).text();
        assertThat(text.lines()).hasSize(3 + Stages.values().length);
        for (Stages stage : Stages.values()) {
            assertThat(text).doesNotContain(credentials.password(stage.text()).value());
        }
        assertThat(text)
                .doesNotContain(credentials.password(Credentials.SUPERVISOR).value());
    }
}
