package papertape.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import papertape.bench.Results.Start;
import papertape.cli.stack.Home;
import papertape.cli.stack.StackFile;
import papertape.common.bus.Keys;
import papertape.common.config.RedisSettings;
import papertape.common.message.Channel;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;

/** {@code papertape up}, as a user calls it and as it is shipped: from the command to the first fill, and its memory. */
final class Begin {
    private static final long DEADLINE_NS = TimeUnit.MINUTES.toNanos(2);
    private static final long STOP_SECONDS = 20;
    /** What a Redis server shows as its command once it listens. */
    private static final Pattern REDIS = Pattern.compile("redis-server (127\\.0\\.0\\.1:\\d+)");

    private Begin() {}

    /** @param settleSeconds between the first fill and the look at the memory */
    static Start measure(int settleSeconds) throws IOException, InterruptedException {
        Home home = new Home(Files.createTempDirectory("papertape-bench"));
        Path program = Path.of(System.getenv().getOrDefault("PAPERTAPE_ROOT", "."), "papertape");
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "up",
                        "--quiet",
                        "--home",
                        home.folder().toString())
                .redirectErrorStream(true)
                .redirectOutput(home.logs().resolve("up.log").toFile())
                .redirectInput(new File("/dev/null"));
        // the shipped settings, whatever the caller's are
        builder.environment().keySet().removeIf(name -> name.equals("PAPERTAPE_CONFIG"));
        long began = System.nanoTime();
        Process up = builder.start();
        try {
            double seconds = firstFill(redis(home, up, began + DEADLINE_NS), began);
            awaitStack(home, up, began + DEADLINE_NS);
            TimeUnit.SECONDS.sleep(settleSeconds);
            return start(seconds, pids(home, up));
        } finally {
            up.destroy();
            up.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            Rig.delete(home.folder());
        }
    }

    /** Where the stack's own Redis listens, which is long before the stack says that it is up. */
    private static RedisSettings redis(Home home, Process up, long deadline) throws IOException, InterruptedException {
        while (System.nanoTime() < deadline && up.isAlive()) {
            Optional<String> address = up.descendants()
                    .map(each -> REDIS.matcher(Processes.title(each.pid())))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
            if (address.isPresent()) {
                return RedisSettings.at("redis://" + address.get());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw didNotComeUp(home);
    }

    private static void awaitStack(Home home, Process up, long deadline) throws IOException, InterruptedException {
        while (StackFile.read(home).isEmpty()) {
            if (System.nanoTime() > deadline || !up.isAlive()) {
                throw didNotComeUp(home);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static IOException didNotComeUp(Home home) throws IOException {
        return new IOException(
                "papertape up did not come up: " + Files.readString(home.logs().resolve("up.log")));
    }

    private static double firstFill(RedisSettings redis, long began) throws IOException, InterruptedException {
        CountDownLatch filled = new CountDownLatch(1);
        try (Arrivals _ = new Arrivals(redis, Keys.of("pt:"), Channel.EXECUTIONS, (message, now) -> {
            if (message instanceof Execution e && e.execType() == ExecType.TRADE) {
                filled.countDown();
            }
        })) {
            if (!filled.await(DEADLINE_NS, TimeUnit.NANOSECONDS)) {
                throw new IOException("no fill within two minutes");
            }
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private static Map<String, Long> pids(Home home, Process up) throws IOException {
        Map<String, Long> pids = new HashMap<>();
        pids.put("supervisor", up.pid());
        StackFile.read(home).ifPresent(stack -> stack.processes().forEach(each -> pids.put(each.name(), each.pid())));
        return pids;
    }

    private static Start start(double seconds, Map<String, Long> pids) {
        SortedMap<String, Double> resident = Processes.residentMb(pids);
        return new Start(
                seconds,
                resident,
                resident.values().stream().mapToDouble(Double::doubleValue).sum(),
                Processes.proportionalMb(pids));
    }
}
