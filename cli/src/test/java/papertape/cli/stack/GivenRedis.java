package papertape.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import papertape.common.bus.Redis;
import papertape.common.config.RedisSettings;

/** A redis-server that a user has started, without a password and with settings of their own. */
public final class GivenRedis implements AutoCloseable {
    private final Process process;
    private final String url;

    private GivenRedis(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    public static GivenRedis start(Path folder, String... settings) throws Exception {
        int port = new Ports().free(0);
        Path dir = Files.createDirectories(folder.resolve("server-" + port));
        List<String> command = new ArrayList<>(List.of(
                RedisServer.program(new Home(folder)).toAbsolutePath().toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                ""));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        GivenRedis server = new GivenRedis(process, "redis://127.0.0.1:" + port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Redis redis = server.connect()) {
                redis.call("PING");
                return server;
            } catch (Redis.Unavailable e) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    public String url() {
        return url;
    }

    public Redis connect() {
        return Redis.connect(RedisSettings.at(url), "test");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
