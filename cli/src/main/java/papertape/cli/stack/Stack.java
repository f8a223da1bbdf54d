package papertape.cli.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.RedisSettings;
import papertape.common.message.Channel;
import papertape.common.runtime.OwnStack;
import papertape.look.RedisFitness;

/**
 * A running stack: its servers, the simulated venue and the workers of the eight services. Starts them, watches them,
 * starts again what dies, and stops all in order. Used by one thread.
 */
public final class Stack implements AutoCloseable {
    private static final long SERVER_STOP_MS = 2_500;
    private static final long READY_MS = 30_000;
    private static final long MARKET_MS = 10_000;
    private static final long FIRST_TRADE_MS = 1_500;
    /**
     * With a third more for the feed and what the servers take, all stays below ten seconds. In a training run a process
     * writes down on its way out what it has learnt.
     */
    private static final long STOP_MS = Training.isUnderWay() ? 60_000 : 4_500;

    private final FolderLock lock;
    private final Home home;
    private final StackOptions options;
    private final Consumer<String> say;
    private final UnaryOperator<String> route;
    private final Map<Stages, List<Child>> services = new EnumMap<>(Stages.class);
    private final Map<String, String> environment = new HashMap<>();
    private final Servers servers;
    /** Whatever ends this process in order, what it has started ends with it. */
    private final Thread hook = new Thread(this::close, "stack-shutdown");

    private @Nullable Child dashboard;
    private Config config;
    private String stackId = "";
    private @Nullable SupervisorLease lease;
    private boolean isClosed;

    private Stack(FolderLock lock, StackOptions options, Consumer<String> say, UnaryOperator<String> route) {
        this.lock = lock;
        this.home = lock.home();
        this.options = options;
        this.say = say;
        this.route = route;
        this.servers = new Servers(home, options, say, environment);
        this.config = ConfigReader.defaults(configEnvironment());
    }

    /**
     * Starts a stack and returns when its servers answer and its services have been started.
     *
     * @param say takes a line about each thing worth knowing, such as a port that was taken
     * @throws papertape.common.config.ConfigException when the configuration is wrong; nothing has been started then
     * @throws FolderLock.Taken when another process has the folder
     */
    public static Stack start(Home home, StackOptions options, Consumer<String> say) throws IOException {
        return start(home, options, say, UnaryOperator.identity());
    }

    /** As above, with the services finding Redis under another URL than its own. */
    public static Stack start(Home home, StackOptions options, Consumer<String> say, UnaryOperator<String> route)
            throws IOException {
        return start(FolderLock.take(home, "a stack with feed " + options.feed()), options, say, route);
    }

    /** As above in a folder that has been taken; it is given back when the stack has been closed or cannot be started. */
    public static Stack start(FolderLock lock, StackOptions options, Consumer<String> say) throws IOException {
        return start(lock, options, say, UnaryOperator.identity());
    }

    private static Stack start(FolderLock lock, StackOptions options, Consumer<String> say, UnaryOperator<String> route)
            throws IOException {
        Stack stack;
        try {
            stack = new Stack(lock, options, say, route);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(stack.hook);
        try {
            Leftovers.end(lock, say);
            stack.startAll();
            return stack;
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private Map<String, String> configEnvironment() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(options.environment());
        if (!options.configFiles().isEmpty()) {
            all.put(ConfigReader.FILES, joined(options.configFiles()));
        }
        return all;
    }

    private static String joined(List<Path> files) {
        return files.stream()
                .map(file -> file.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void startAll() throws IOException {
        environment.putAll(options.environment());
        if (!options.configFiles().isEmpty()) {
            environment.put(ConfigReader.FILES, joined(options.configFiles()));
        }
        environment.put("PAPERTAPE_LOG_FORMAT", config.log().format());
        environment.put("PAPERTAPE_LOG_LEVEL", config.log().level());
        environment.put(
                "PAPERTAPE_DATA", home.spool().toAbsolutePath().getParent().toString());
        Map<Stages, Integer> workers =
                isRedundant() ? Redundancy.workers(options.workers(), isReplay()) : options.workers();
        servers.startRedis(config, route);
        servers.startVenue(config);
        awaitReady();
        environment.put(OwnStack.SETTING, stackId);
        config = ConfigReader.defaults(merged());
        for (Stages stage : Stages.values()) {
            services.put(stage, new ArrayList<>());
            if (stage == Stages.PNL && !isReplay()) {
                awaitMarket();
            }
            if (stage == Stages.PERSISTENCE) {
                servers.startDatabase(config, stackId);
                config = ConfigReader.defaults(merged());
            }
            scale(stage, workers.getOrDefault(stage, 1));
        }
        if (options.hasDashboard()) {
            startDashboard();
        }
        writeFile();
    }

    private Map<String, String> merged() {
        Map<String, String> all = configEnvironment();
        all.putAll(environment);
        all.putAll(servers.databaseSecrets());
        return all;
    }

    /** A recording is played by its own times, from when all have subscribed: there is no first fill to hurry to. */
    private boolean isReplay() {
        return options.feed().equals("replay");
    }

    /** Until Redis works, is the one that was started, and holds this stack's data. */
    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
        boolean isSaid = false;
        while (true) {
            try (Redis redis = Redis.connect(redisSettings(), "papertape-up")) {
                if (servers.isOwn(redis)) {
                    RedisFitness.of(redis).require(redisUrl());
                    Keys keys = Keys.of(config.bus().namespace());
                    stackId = new Bus(redis, keys).claim("");
                    lease = SupervisorLease.take(
                            redis, redisSettings(), keys, SupervisorLease.self(home, stackId), say);
                    return;
                }
                servers.moveRedis(config, true);
            } catch (Redis.Untrusted e) {
                throw e;
            } catch (Redis.Refused e) {
                // one that was started here does not refuse its own supervisor
                if (!servers.moveRedis(config, true)) {
                    throw e;
                }
            } catch (Redis.Busy e) {
                // it reads what it kept, which may take long and ends by itself
                deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
                if (!isSaid) {
                    isSaid = true;
                    say.accept("redis loads its data ...");
                }
            } catch (Redis.Unavailable e) {
                if (!servers.moveRedis(config, false)) {
                    failIfOver(deadline, "redis", e);
                }
            }
            pause(20);
        }
    }

    /**
     * Until the first trade of the stack's own, or for a while. What only values and writes down what happens starts after
     * what makes it happen: on few cores the first fill comes a good deal sooner, and nothing is lost, the journals wait.
     */
    private void awaitMarket() {
        awaitFirst(Channel.TICKS, MARKET_MS);
        awaitFirst(Channel.EXECUTIONS, FIRST_TRADE_MS);
    }

    /** While Redis is away there is none. */
    private void awaitFirst(Channel channel, long ms) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() - deadline < 0) {
            try (Redis redis = Redis.connect(redisSettings(), "papertape-up")) {
                Bus bus = new Bus(redis, Keys.of(config.bus().namespace()));
                while (System.nanoTime() - deadline < 0) {
                    if (bus.numbered().withoutClocks().keySet().stream()
                            .anyMatch(each -> each.startsWith(channel.text()))) {
                        return;
                    }
                    pause(20);
                }
            } catch (Redis.Unavailable e) {
                pause(100);
            }
        }
    }

    /**
     * Looks at something in Redis, which must change nothing: from its beginning again when Redis goes away meanwhile.
     *
     * @param <T> what is found out
     */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Bus bus) throws InterruptedException;
    }

    /** Asks, and heals the stack for as long as Redis is away or loads its data. */
    public <T> T ask(String name, Question<T> question) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
        while (true) {
            try (Redis redis = Redis.connect(redisSettings(), name)) {
                deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
                return question.ask(new Bus(redis, Keys.of(config.bus().namespace())));
            } catch (Redis.Busy e) {
                deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
            } catch (Redis.Unavailable e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            heal();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void failIfOver(long deadline, String name, RuntimeException e) throws IOException {
        for (Child server : servers.all()) {
            if (server.name().equals(name) && !server.isAlive()) {
                throw new IOException(name + " has ended with code " + server.exitCode() + ", see " + server.log(), e);
            }
        }
        if (System.nanoTime() - deadline > 0) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void startDashboard() throws IOException {
        Child started = new Child(
                Servers.DASHBOARD,
                Jvm.command(Servers.DASHBOARD, "papertape.dashboard.Main", Servers.DASHBOARD_NEEDS, home.mark()),
                servers.dashboardEnvironment(config),
                home.logs());
        dashboard = started;
        started.start();
    }

    /** Where a browser finds the dashboard, with the token that it shows; empty where there is none. */
    public String dashboardUrl() {
        return servers.dashboardUrl();
    }

    /** Starts or stops workers of a stage until there are this many. */
    public void scale(Stages stage, int count) throws IOException {
        List<Child> workers = services.get(stage);
        while (workers.size() < count) {
            Child child = new Child(
                    stage.text() + "-" + (workers.size() + 1),
                    Jvm.command(stage.text(), stage.mainClass, stage.needs(), home.mark()),
                    environment(stage, workers.size()),
                    home.logs());
            workers.add(child);
            child.start();
        }
        List<Child> leaving = new ArrayList<>();
        while (workers.size() > count) {
            leaving.add(workers.removeLast());
        }
        stopAll(leaving, STOP_MS);
    }

    private Map<String, String> environment(Stages stage, int index) {
        Map<String, String> own = new HashMap<>(environment);
        own.putAll(servers.secrets(stage));
        if (stage == Stages.FEED && isRedundant()) {
            own.putAll(Redundancy.environment(index));
        }
        return own;
    }

    /** Whether two lines of feed workers take the same instruments. */
    public boolean isRedundant() {
        return config.feed().redundant();
    }

    /** How many workers a stage is to have. */
    public int workers(Stages stage) {
        return services.get(stage).size();
    }

    /** A stage cannot work, and starting its workers once more will not change that. */
    public static final class Hopeless extends IOException {
        Hopeless(String message) {
            super(message);
        }
    }

    private void failIfHopeless() throws Hopeless {
        for (Map.Entry<Stages, List<Child>> stage : services.entrySet()) {
            List<Child> workers = stage.getValue();
            if (!workers.isEmpty() && workers.stream().allMatch(Child::isHopeless)) {
                throw hopeless(
                        stage.getKey(), "have ended " + workers.getFirst().failures() + " times in a row");
            }
        }
        for (Child server : servers.all()) {
            // without the database the stack trades on
            if (server.isHopeless() && !server.name().equals(Servers.DATABASE)) {
                throw new Hopeless(server.name() + " has ended " + server.failures() + " times in a row; it said last: "
                        + LastWords.in(server.log()) + " (" + server.log() + ")");
            }
        }
    }

    /** @param what its workers do or do not, as the end of a sentence */
    Hopeless hopeless(Stages stage, String what) {
        return new Hopeless(stage.text() + " cannot work: its workers " + what + "; "
                + services.get(stage).getFirst().name() + " said last: " + lastWords(stage));
    }

    /** The last complaint in the log of the stage's first worker, else its last line, and the log's name. */
    public String lastWords(Stages stage) {
        List<Child> workers = services.getOrDefault(stage, List.of());
        if (workers.isEmpty()) {
            return "nothing, it has no worker";
        }
        Path log = workers.getFirst().log();
        return LastWords.in(log) + " (" + log + ")";
    }

    /**
     * Starts again what has died. Returns the names of what it started.
     *
     * @throws Hopeless when it dies each time
     * @throws SupervisorLease.Taken when another folder's supervisor has taken the data over
     */
    public synchronized List<String> heal() throws IOException {
        List<String> restarted = new ArrayList<>();
        if (isClosed) {
            return restarted;
        }
        if (lease != null) {
            lease.requireHeld();
        }
        Optional<Stages> moved = servers.movePorts(config);
        if (moved.isPresent()) {
            config = ConfigReader.defaults(merged());
            // new ones, since those that run were told the old ports
            int count = workers(moved.get());
            scale(moved.get(), 0);
            scale(moved.get(), count);
            restarted.add(moved.get().text());
            if (dashboard != null) {
                stopAll(List.of(dashboard), SERVER_STOP_MS);
                startDashboard();
            }
        }
        for (Child child : all()) {
            if (child.restartIfDue()) {
                restarted.add(child.name());
            }
        }
        failIfHopeless();
        if (!restarted.isEmpty()) {
            writeFile();
        }
        return restarted;
    }

    /** Starts again now, however often they have died, those whose names are accepted. */
    public void revive(Predicate<String> names) throws IOException {
        for (Child child : all()) {
            if (!child.isAlive() && names.test(child.name())) {
                child.restart();
            }
        }
    }

    /** The simulated venue's REST interface; empty where the stack has none. */
    public String venueRestUrl() {
        return environment.getOrDefault("PAPERTAPE_FEED_REST_URL", "");
    }

    /** Says again, for other commands, what runs. */
    public void writeFile() throws IOException {
        long self = ProcessHandle.current().pid();
        new StackFile(
                        self,
                        StackFile.startOf(self),
                        stackId,
                        options.feed(),
                        servers.redisUrl(Credentials.OPERATOR),
                        environment.getOrDefault("PAPERTAPE_REDIS_TRUST_STORE", ""),
                        environment.getOrDefault("PAPERTAPE_REDIS_TRUST_STORE_PASSWORD", ""),
                        environment.getOrDefault("PAPERTAPE_DATABASE_URL", ""),
                        environment.getOrDefault("PAPERTAPE_DATABASE_PG_URL", ""),
                        config.database().user(),
                        config.database().password().value(),
                        servers.venueUrl(),
                        environment.getOrDefault(ConfigReader.FILES, ""),
                        servers.dashboardUrl(),
                        all().stream()
                                .map(child -> StackFile.Entry.of(child.name(), child.pid()))
                                .toList())
                .write(home);
    }

    private List<Child> all() {
        List<Child> all = new ArrayList<>(servers.all());
        services.values().forEach(all::addAll);
        if (dashboard != null) {
            all.add(dashboard);
        }
        return all;
    }

    /** Process ids by name, of what is alive. */
    public Map<String, Long> pids() {
        return all().stream().filter(Child::isAlive).collect(Collectors.toMap(Child::name, Child::pid));
    }

    /** Names of what has been started and is not running. */
    public List<String> dead() {
        return all().stream().filter(child -> !child.isAlive()).map(Child::name).toList();
    }

    /** The id of the stack whose data its servers hold. */
    public String id() {
        return stackId;
    }

    /** With the supervisor's credentials. */
    public String redisUrl() {
        return servers.redisUrl(Credentials.SUPERVISOR);
    }

    public RedisSettings redisSettings() {
        return config.redis().withUrl(redisUrl());
    }

    /** The configuration that the services run with. */
    public Config config() {
        return config;
    }

    /** Stops all in order: the source first, then the other services, then the servers that they need. Any thread. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        stopAll(services.getOrDefault(Stages.FEED, List.of()), STOP_MS / 3);
        List<Child> others = new ArrayList<>();
        services.forEach((stage, workers) -> {
            if (stage != Stages.FEED) {
                others.addAll(workers);
            }
        });
        servers.all().stream()
                .filter(server -> server.name().equals(Servers.VENUE))
                .forEach(others::add);
        if (dashboard != null) {
            others.add(dashboard);
        }
        stopAll(others, STOP_MS);
        if (lease != null) {
            lease.close();
        }
        stopAll(servers.all(), SERVER_STOP_MS);
        giveFolderBack();
        forgetHook();
    }

    private void giveFolderBack() {
        try {
            Files.deleteIfExists(home.stackFile());
            lock.close();
        } catch (IOException e) {
            say.accept("the folder cannot be given back: " + e.getMessage());
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook is what closes, or will find nothing left to do
            isClosed = true;
        }
    }

    private static void stopAll(Collection<Child> children, long ms) {
        children.forEach(Child::terminate);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        children.forEach(child -> child.await(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
