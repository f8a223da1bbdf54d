package papertape.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;

/**
 * Runs a private stack for a few seconds and makes each service's ahead-of-time cache of what it did, so that services
 * start quickly and are warm sooner. Called once after a build; without it all works as well, only slower at first.
 */
public final class Training {
    private static final String UNDER_WAY = "papertape.training";
    private static final int PER_SECOND = 3_000;
    private static final long ENOUGH = 30_000;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(40);

    private Training() {}

    static boolean isUnderWay() {
        return Boolean.getBoolean(UNDER_WAY);
    }

    /** Exit code 0 also where no cache could be made: nothing depends on it. */
    public static void main(String[] args) throws InterruptedException {
        System.setProperty(UNDER_WAY, "true");
        try {
            Jvm.makeCacheFolder();
            Home home = new Home(Files.createTempDirectory("papertape-training"));
            record(home);
            for (Stages stage : Stages.values()) {
                create(stage.text(), stage.needs());
            }
            create(Servers.VENUE, Servers.VENUE_NEEDS);
            delete(home.folder());
        } catch (IOException | RuntimeException e) {
            System.err.println("papertape: services will start more slowly: " + e.getMessage());
        }
    }

    private static void record(Home home) throws IOException, InterruptedException {
        StackOptions options = new StackOptions(
                "sim",
                "",
                "",
                Map.of(),
                "",
                "",
                List.of(),
                Map.of("PAPERTAPE_SIM_RATE_PER_SECOND", Integer.toString(PER_SECOND)),
                true);
        try (Stack stack = Stack.start(home, options, text -> {});
                Redis redis = Redis.connect(stack.redisSettings(), "papertape-training")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            long deadline = System.nanoTime() + DEADLINE_NS;
            while (raw(bus) < ENOUGH && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static long raw(Bus bus) {
        return bus.numbered().withoutClocks().entrySet().stream()
                .filter(each -> each.getKey().startsWith("raw."))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void create(String name, Jvm.Needs needs) throws IOException, InterruptedException {
        Path conf = Jvm.cache(name, "conf");
        if (!Files.exists(conf)) {
            return;
        }
        Path fresh = Jvm.cache(name, "new");
        Process process = new ProcessBuilder(Jvm.cacheCommand(name, needs, fresh))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        } else if (process.exitValue() == 0) {
            Files.move(fresh, Jvm.cache(name, "aot"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.deleteIfExists(conf);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
