package papertape.cli.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.stack.Home;
import papertape.cli.stack.RedisServer;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;
import papertape.common.runtime.OwnStack;

/** Case 51: Redis is restarted while a command looks at it, and takes its time to load what it kept. */
final class PatienceTest {
    private static final int ENTRIES = 4_000;
    private static final Keys KEYS = Keys.of("pt:");

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private int port;
    private Process server;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        startAgain();
        try (Redis redis = patience("", true).connect()) {
            for (int i = 0; i < ENTRIES; i++) {
                redis.call("SET", "key-" + i, "value");
            }
        }
        said.clear();
    }

    @AfterEach
    void end() {
        server.destroyForcibly();
    }

    private void startAgain() throws Exception {
        Path data = Files.createDirectories(folder.resolve("redis"));
        List<String> command = new ArrayList<>(
                RedisServer.command(RedisServer.program(new Home(folder)), port, data, "everysec", "test"));
        // a millisecond for each entry of the file
        command.addAll(List.of("--key-load-delay", "1000"));
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
    }

    private void kill() throws Exception {
        server.destroyForcibly().waitFor();
    }

    private Patience patience(String stackId, boolean isSupervised) {
        return new Patience(RedisSettings.at("redis://127.0.0.1:" + port), KEYS, stackId, isSupervised, said::add);
    }

    @Test
    void a_redis_that_loads_its_data_is_waited_for_whether_or_not_somebody_supervises_it() throws Exception {
        kill();
        startAgain();
        awaitListening();
        try (Redis redis = patience("", false).connect()) {
            assertThat(redis.call("DBSIZE")).isEqualTo((long) ENTRIES);
        }
        assertThat(said).hasSize(1).first().asString().contains("not ready: LOADING", "waiting for it");
    }

    @Test
    void what_was_being_looked_at_when_redis_went_away_is_looked_at_again() throws Exception {
        List<Integer> tries = new ArrayList<>();
        Object size = patience("", true).ask(redis -> {
            tries.add(tries.size());
            if (tries.size() == 1) {
                restart();
            }
            return redis.call("DBSIZE");
        });
        assertThat(size).isEqualTo((long) ENTRIES);
        assertThat(tries).hasSize(2);
    }

    private void restart() {
        try {
            kill();
            startAgain();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_redis_that_is_away_and_that_nobody_starts_again_is_not_waited_for() throws Exception {
        kill();
        assertThatThrownBy(() -> patience("", false).connect())
                .isInstanceOf(Redis.Unavailable.class)
                .hasMessageContaining("cannot be reached");
        assertThat(said).isEmpty();
    }

    @Test
    void the_redis_of_another_stack_is_refused() {
        try (Redis redis = patience("mine", true).connect()) {
            assertThat(new Bus(redis, KEYS).claim("another")).isEqualTo("another");
        }
        assertThatThrownBy(() -> patience("mine", true).connect())
                .isInstanceOf(OwnStack.Foreign.class)
                .hasMessageContaining("another stack (another), this stack is mine");
        patience("another", true).connect().close();
    }

    /** It listens before it loads, and answers once a second while it does. */
    private void awaitListening() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (ConnectException e) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }
}
