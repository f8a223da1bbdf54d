package papertape.cli.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.cli.stack.Stack;
import papertape.cli.stack.Stages;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;

/** Does a stack harm, and undoes what has to be undone when its time has come. Used by one thread. */
final class Faults implements AutoCloseable {
    private static final String USUAL_BUFFERS = "pubsub 67108864 33554432 10";
    private static final String TINY_BUFFERS = "pubsub 4096 4096 1";
    private static final String ECHO = "x".repeat(256 * 1024);
    private static final int MOST_WORKERS = 3;

    /** Something to undo. */
    private record Remedy(long atNanos, Action action) implements Comparable<Remedy> {
        @Override
        public int compareTo(Remedy other) {
            return Long.compare(atNanos - other.atNanos, 0);
        }
    }

    /** What may fail because something else has failed before. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    private final Stack stack;
    private final Proxy proxy;
    private final int leaseMs;
    private final Keys keys;
    private final PriorityQueue<Remedy> remedies = new PriorityQueue<>();
    private final SortedMap<String, Long> effects = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean isRedisDown;
    private boolean isDatabaseDown;

    Faults(Stack stack, Proxy proxy) {
        this.stack = stack;
        this.proxy = proxy;
        this.leaseMs = stack.config().bus().leaseMs();
        this.keys = Keys.of(stack.config().bus().namespace());
    }

    /** What the faults came to: processes killed, connections cut, and so on. */
    SortedMap<String, Long> effects() {
        return effects;
    }

    /** Undoes what is due, and starts again what has died unless it is to stay away for a while. */
    void heal() throws IOException, InterruptedException {
        while (!remedies.isEmpty() && remedies.peek().atNanos - System.nanoTime() <= 0) {
            remedies.poll().action.run();
        }
        stack.revive(name -> !(name.equals("redis") && isRedisDown) && !(name.equals("questdb") && isDatabaseDown));
    }

    /** Undoes everything now. */
    void healAll() throws IOException, InterruptedException {
        proxy.calm();
        isRedisDown = false;
        isDatabaseDown = false;
        stack.revive(any -> true);
        List<Remedy> open = new ArrayList<>(remedies);
        remedies.clear();
        for (Remedy remedy : open) {
            remedy.action.run();
        }
    }

    /** Whether the fault happened: one that needs Redis may find it away. */
    boolean inflict(Schedule.Fault fault) throws IOException, InterruptedException {
        Random random = new Random(fault.seed());
        try {
            return inflict(fault.kind(), random);
        } catch (Redis.Unavailable | Redis.Refused e) {
            return false;
        }
    }

    private boolean inflict(FaultKind kind, Random random) throws IOException, InterruptedException {
        int percent = 5 + random.nextInt(60);
        long delayMs = 100 + random.nextInt(leaseMs * 2);
        return switch (kind) {
            case KILL_WORKERS -> killWorkers(random);
            case PAUSE_WORKER -> pauseWorker(random, leaseMs + 200 + random.nextInt(leaseMs));
            case SCALE -> scale(random);
            case CUT_CONNECTIONS -> note("connections-cut", proxy.cut(random, percent));
            case LOSE_REQUESTS -> note("connections-lost", proxy.lose(random, percent, Proxy.Direction.REQUESTS));
            case LOSE_REPLIES -> note("connections-lost", proxy.lose(random, percent, Proxy.Direction.REPLIES));
            case DELAY_REQUESTS ->
                note("connections-delayed", proxy.hold(random, percent, Proxy.Direction.REQUESTS, delayMs));
            case DELAY_REPLIES ->
                note("connections-delayed", proxy.hold(random, percent, Proxy.Direction.REPLIES, delayMs));
            case KILL_SUBSCRIBERS -> note("subscriptions-killed", killSubscribers());
            case OVERRUN_BUFFERS -> overrunBuffers(random);
            case FLUSH_SCRIPTS -> flushScripts();
            case DROP_VENUE -> tellVenue("{\"action\":\"drop\"}");
            case KILL_REDIS -> killRedis(random);
            case KILL_DATABASE -> killDatabase(random);
        };
    }

    private boolean note(String effect, long count) {
        effects.merge(effect, count, Long::sum);
        return count > 0;
    }

    private void later(long ms, Action action) {
        remedies.add(new Remedy(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms), action));
    }

    private List<Map.Entry<String, Long>> workers() {
        List<Map.Entry<String, Long>> workers = new ArrayList<>();
        new TreeMap<>(stack.pids())
                .entrySet().stream().filter(each -> isWorker(each.getKey())).forEach(workers::add);
        return workers;
    }

    private static boolean isWorker(String name) {
        return !List.of("redis", "questdb", "venue").contains(name);
    }

    private boolean killWorkers(Random random) {
        List<Map.Entry<String, Long>> workers = workers();
        int count = 1 + random.nextInt(3);
        long killed = 0;
        for (int i = 0; i < count && !workers.isEmpty(); i++) {
            killed += kill(workers.remove(random.nextInt(workers.size())).getValue());
        }
        return note("workers-killed", killed);
    }

    /** SIGKILL. */
    private static long kill(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false) ? 1 : 0;
    }

    private boolean pauseWorker(Random random, long ms) throws IOException, InterruptedException {
        List<Map.Entry<String, Long>> workers = workers();
        if (workers.isEmpty()) {
            return false;
        }
        pause(workers.get(random.nextInt(workers.size())).getValue(), ms);
        return note("workers-paused", 1);
    }

    private void pause(long pid, long ms) throws IOException, InterruptedException {
        signal("-STOP", pid);
        later(ms, () -> signal("-CONT", pid));
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private boolean scale(Random random) throws IOException {
        Stages stage = Stages.values()[random.nextInt(Stages.values().length)];
        int now = stack.workers(stage);
        int then = 1 + random.nextInt(MOST_WORKERS - 1);
        then = then >= now ? then + 1 : then;
        stack.scale(stage, then);
        return note(then > now ? "workers-added" : "workers-removed", Math.abs(then - now));
    }

    private long killSubscribers() {
        return ask("CLIENT", "KILL", "TYPE", "pubsub") instanceof Long count ? count : 0;
    }

    private boolean flushScripts() {
        ask("SCRIPT", "FLUSH");
        return note("scripts-flushed", 1);
    }

    /** With tiny buffers anything large that is published ends every subscription that hears it, real frames among it. */
    private boolean overrunBuffers(Random random) throws IOException, InterruptedException {
        pauseWorker(random, leaseMs / 2);
        later(500, this::restoreBuffers);
        try (Redis redis = connect()) {
            redis.call("CONFIG", "SET", "client-output-buffer-limit", TINY_BUFFERS);
            long overrun = 0;
            for (Stages stage : Stages.values()) {
                Object heard = redis.call("PUBLISH", keys.rebalance(stage.text()), ECHO);
                overrun += heard instanceof Long count ? count : 0;
            }
            return note("buffers-overrun", overrun);
        }
    }

    private void restoreBuffers() {
        try {
            ask("CONFIG", "SET", "client-output-buffer-limit", USUAL_BUFFERS);
        } catch (Redis.Unavailable | Redis.Refused e) {
            // a server that starts anew has its usual buffers; one that loads its file is asked again
            later(500, this::restoreBuffers);
        }
    }

    private boolean killRedis(Random random) {
        Long pid = stack.pids().get("redis");
        if (pid == null || isRedisDown) {
            return false;
        }
        isRedisDown = true;
        later(100 + random.nextInt(1_500), () -> isRedisDown = false);
        return kill(pid) > 0;
    }

    private boolean killDatabase(Random random) {
        Long pid = stack.pids().get("questdb");
        if (pid == null || isDatabaseDown) {
            return false;
        }
        isDatabaseDown = true;
        later(100 + random.nextInt(3_000), () -> isDatabaseDown = false);
        return kill(pid) > 0;
    }

    private Redis connect() {
        return Redis.connect(stack.redisSettings(), "papertape-chaos");
    }

    private @Nullable Object ask(String command, String... args) {
        try (Redis redis = connect()) {
            return redis.call(command, args);
        }
    }

    boolean tellVenue(String control) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.venueRestUrl() + "/control"))
                .POST(HttpRequest.BodyPublishers.ofString(control))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** What the venue says it has printed. */
    String venueStats() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.venueRestUrl() + "/stats"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        http.close();
    }
}
