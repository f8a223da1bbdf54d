package papertape.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackFile;

/** kill -9 of {@code papertape up} at any moment, and {@code papertape up} again at once. */
@EnabledOnOs(OS.LINUX)
final class SupervisorKilledTest {
    private static final int ROUNDS = 4;
    private static final Map<String, String> SETTINGS =
            Map.of("PAPERTAPE_SIM_PORT", "0", "PAPERTAPE_SIM_RATE_PER_SECOND", "200", "PAPERTAPE_BUS_LEASE_MS", "1500");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void nothing_is_lost_or_doubled_and_no_two_servers_run_in_a_folder_when_the_supervisor_is_killed()
            throws Exception {
        long seed = Long.getLong("papertape.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path home = Files.createDirectory(folder.resolve("home")).toRealPath();
        Path log = folder.resolve("up.log");
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicReference<String> twice = new AtomicReference<>("");
        Thread watch = new Thread(() -> watch(home, isOver, twice), "server-watch");
        watch.start();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                Process up = UpProcess.start(home, log, SETTINGS, "up", "--quiet");
                if (i % 2 == 0) {
                    TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(8_000));
                } else {
                    awaitFile(home, up);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
                    up.destroy();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                }
                up.destroyForcibly().waitFor();
            }
            Process up = UpProcess.start(home, log, SETTINGS, "up", "--quiet");
            awaitFile(home, up);
            second(home);
            TimeUnit.SECONDS.sleep(3);
            TradingStack.Said audit = TradingStack.run(home, "audit");
            assertThat(audit.code()).as("seed %d: %s", seed, audit.text()).isZero();
            List<ProcessHandle> children = up.descendants().toList();
            up.destroyForcibly().waitFor();
            // nobody ends them: they notice it themselves
            awaitGone(children);
            assertThat(TradingStack.run(home, "down").text()).contains("stopped");
        } finally {
            isOver.set(true);
            watch.join();
            TradingStack.run(home, "down");
        }
        assertThat(twice.get()).as("seed %d", seed).isEmpty();
        assertThat(UpProcess.servers(home.resolve("redis"), "redis-server")).isEmpty();
        assertThat(UpProcess.servers(home.resolve("questdb"), "ServerMain")).isEmpty();
    }

    /** The folder is taken: the second says by whom and changes nothing. */
    private void second(Path home) throws Exception {
        StackFile before = StackFile.read(new Home(home)).orElseThrow();
        Path log = folder.resolve("second.log");
        Process second = UpProcess.start(home, log, SETTINGS, "up");
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log)).contains("runs already", "process " + before.supervisor());
        assertThat(StackFile.read(new Home(home)).orElseThrow().supervisor()).isEqualTo(before.supervisor());
    }

    private static void watch(Path home, AtomicBoolean isOver, AtomicReference<String> twice) {
        while (!isOver.get()) {
            try {
                List<Long> redis = UpProcess.servers(home.resolve("redis"), "redis-server");
                List<Long> database = UpProcess.servers(home.resolve("questdb"), "ServerMain");
                if (redis.size() > 1 || database.size() > 1) {
                    twice.set("redis " + redis + ", questdb " + database);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (IOException | InterruptedException e) {
                twice.set("not watched: " + e);
                return;
            }
        }
    }

    private static void awaitFile(Path home, Process up) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (StackFile.read(new Home(home))
                .filter(stack -> stack.supervisor() == up.pid())
                .isEmpty()) {
            assertThat(System.nanoTime()).as("up in time").isLessThan(deadline);
            assertThat(up.isAlive()).as("up lives").isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void awaitGone(List<ProcessHandle> children) throws Exception {
        assertThat(children).hasSizeGreaterThanOrEqualTo(11);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (children.stream().anyMatch(ProcessHandle::isAlive)) {
            assertThat(System.nanoTime())
                    .as(
                            "%s end by themselves",
                            children.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(ProcessHandle::info)
                                    .toList())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
