package papertape.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.cli.look.Currencies;
import papertape.cli.replay.RecordedFeed;
import papertape.cli.stack.FolderLock;
import papertape.cli.stack.Home;
import papertape.cli.stack.Redundancy;
import papertape.cli.stack.ScaleWatch;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackFile;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.look.Snapshot;
import papertape.look.SnapshotTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the whole stack and shows it until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the whole stack: Redis, QuestDB, the simulated venue and all eight services.")
final class UpCommand implements Callable<Integer> {
    private static final String REPLAY = "replay:";
    private static final long WATCH_MS = 200;
    private static final int SHOW_EVERY = 5;
    private static final long STOP_MS = 9_500;

    @Mixin
    Target target = new Target();

    @Option(
            names = "--feed",
            paramLabel = "FEED",
            defaultValue = "sim",
            description = "sim, coinbase, binance, coinbase-rest or replay:FILE (default: ${DEFAULT-VALUE}).")
    String feed = "sim";

    @Option(
            names = "--workers",
            split = ",",
            paramLabel = "STAGE=N",
            description = "Workers of a stage (default: 1 each).")
    List<String> workers = new ArrayList<>();

    @Option(
            names = "--redundant-feed",
            description = "Two lines of feed workers take the same instruments and etl arbitrates: either may die."
                    + " Needs feed=2 or more (default with this option: feed=2).")
    boolean isFeedRedundant;

    @Option(names = "--database", paramLabel = "URL", description = "A QuestDB that runs already, http://host:port.")
    @Nullable
    String databaseUrl;

    @Option(names = "--config", split = ",", paramLabel = "FILE", description = "Settings over config/papertape.yaml.")
    List<Path> configFiles = new ArrayList<>();

    @Option(
            names = "--no-dashboard",
            description = "Without the dashboard, the page that shows the stack in a browser.")
    boolean isWithoutDashboard;

    @Option(names = "--detach", description = "Returns when the stack has started; papertape down stops it.")
    boolean isDetached;

    @Option(names = "--quiet", hidden = true)
    boolean isQuiet;

    @Spec
    CommandSpec spec;

    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackOptions options = options();
        Home home = target.home();
        if (isDetached) {
            Optional<FolderLock.Holder> holder = FolderLock.find(home);
            return holder.isPresent() ? refuse(holder) : detach(home);
        }
        FolderLock lock;
        try {
            lock = FolderLock.take(home, "papertape up --feed " + feed);
        } catch (FolderLock.Taken e) {
            return refuse(e.holder());
        }
        try (lock) {
            if (!feed.startsWith(REPLAY)) {
                return watch(lock, options);
            }
            try (RecordedFeed recorded =
                    RecordedFeed.open(Path.of(feed.substring(REPLAY.length())), options.configFiles(), home)) {
                recorded.notes().forEach(note -> out().println(note));
                return watch(lock, recorded.over(options));
            }
        }
    }

    private int refuse(Optional<FolderLock.Holder> holder) throws IOException {
        out().println("a stack runs already in " + target.home().folder() + ": "
                + holder.map(FolderLock.Holder::toString).orElse("another process has the folder")
                + "; stop it with papertape down, or use another folder with --home DIR");
        Optional<StackFile> running = StackFile.read(target.home())
                .filter(stack -> stack.supervisorHandle().isPresent());
        if (running.isPresent()) {
            show(running.get());
        }
        out().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private StackOptions options() {
        if (StackOptions.FEEDS.contains(feed.toLowerCase(Locale.ROOT))) {
            feed = feed.toLowerCase(Locale.ROOT);
        }
        if (!StackOptions.FEEDS.contains(feed) && !feed.startsWith(REPLAY)) {
            throw new IllegalArgumentException("unknown feed: " + feed + " (accepted: "
                    + String.join(", ", StackOptions.FEEDS) + ", replay:FILE)");
        }
        for (Path file : configFiles) {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("configuration file cannot be read: " + file);
            }
        }
        Map<Stages, Integer> counts = Stages.workers(workers);
        if (isFeedRedundant) {
            Redundancy.check(counts.getOrDefault(Stages.FEED, 2), feed.startsWith(REPLAY));
        }
        return new StackOptions(
                feed,
                "",
                "",
                counts,
                target.redisUrl == null ? "" : target.redisUrl,
                databaseUrl == null ? "" : databaseUrl,
                configFiles,
                environment(),
                false);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(StackOptions.WITH_DASHBOARD, Boolean.toString(!isWithoutDashboard));
        if (isFeedRedundant) {
            environment.put(Redundancy.SETTING, "true");
        }
        return environment;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void show(StackFile stack) throws IOException {
        try (Redis redis = target.connect(target.config())) {
            Bus bus = new Bus(redis, Keys.of(target.config().bus().namespace()));
            out().print(SnapshotTable.of(
                    Snapshot.take(bus, target.config().bus().partitions())));
        } catch (Redis.Unavailable e) {
            out().println(e.getMessage());
        }
        stack.processes()
                .forEach(each -> out().println(
                                "  " + each.name() + (each.alive().isPresent() ? " " + each.pid() : " not running")));
        out().flush();
    }

    /** Starts this same command as a process of its own and waits until it says that it is up. */
    private int detach(Home home) throws IOException, InterruptedException {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> command = new ArrayList<>(List.of(self.command().orElse("java")));
        command.addAll(List.of(self.arguments().orElse(new String[0])));
        command.remove("--detach");
        command.add("--quiet");
        Map<String, String> environment = hideUrl(command);
        Path log = home.logs().resolve("up.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (process.isAlive()) {
            Optional<StackFile> stack = StackFile.read(home);
            if (stack.isPresent() && stack.get().supervisor() == process.pid()) {
                out().print(Files.readString(log));
                showDashboard(stack.get().dashboardUrl());
                out().println("the stack is up (process " + process.pid()
                        + "): papertape status, papertape tail, papertape down");
                out().flush();
                return CommandLine.ExitCode.OK;
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        spec.commandLine().getErr().print(Files.readString(log));
        spec.commandLine().getErr().flush();
        return process.exitValue();
    }

    /** A URL with a password must not stay among the arguments of a process that lives on. */
    private static Map<String, String> hideUrl(List<String> command) {
        for (int i = 0; i < command.size(); i++) {
            if (command.get(i).equals("--redis") && i + 1 < command.size()) {
                command.remove(i);
                return Map.of("PAPERTAPE_REDIS_URL", command.remove(i));
            }
            if (command.get(i).startsWith("--redis=")) {
                return Map.of("PAPERTAPE_REDIS_URL", command.remove(i).substring("--redis=".length()));
            }
        }
        return Map.of();
    }

    private int watch(FolderLock lock, StackOptions options) throws IOException, InterruptedException {
        out().println("starting redis, questdb, " + (feed.equals("sim") ? "the simulated venue " : "")
                + "and eight services ...");
        out().flush();
        try (Stack stack = Stack.start(lock, options, this::say)) {
            Thread main = Thread.currentThread();
            Thread hook = new Thread(() -> interruptAndWait(main), "shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            out().println("redis " + hidden(stack.redisUrl()) + "   logs "
                    + target.home().logs()
                    + "   Ctrl-C stops everything");
            // what a detached one prints goes to a log, which is to hold no token
            if (!isQuiet) {
                showDashboard(stack.dashboardUrl());
            }
            out().flush();
            superviseUntilInterrupted(stack);
        } finally {
            ended.countDown();
        }
        return CommandLine.ExitCode.OK;
    }

    private void showDashboard(String url) {
        if (!url.isEmpty()) {
            out().println("dashboard " + url);
        }
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }

    private static String hidden(String url) {
        return url.replaceAll("//[^@/]*@", "//***@");
    }

    /** Not for the thread itself, which never ends once it asks for the exit that is under way. */
    private void interruptAndWait(Thread main) {
        main.interrupt();
        try {
            ended.await(STOP_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void superviseUntilInterrupted(Stack stack) throws IOException {
        try (ScaleWatch scale = new ScaleWatch(stack)) {
            for (int i = 0; ; i++) {
                if (i % SHOW_EVERY == 0) {
                    scale.look().forEach(line -> out().println(line));
                }
                for (String name : stack.heal()) {
                    out().println(name + " had died and was started again");
                }
                if (!isQuiet && i % SHOW_EVERY == SHOW_EVERY - 1) {
                    draw(stack);
                }
                out().flush();
                TimeUnit.MILLISECONDS.sleep(WATCH_MS);
            }
        } catch (InterruptedException e) {
            out().println("stopping ...");
            out().flush();
        }
    }

    private void draw(Stack stack) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-up")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            String table = SnapshotTable.of(
                    Snapshot.take(bus, stack.config().bus().partitions()), Currencies.of(stack.config())::of);
            boolean isTerminal = System.console() != null && System.console().isTerminal();
            if (isTerminal) {
                Terminal.clear(out());
            }
            out().print(isTerminal ? table : table + "\n");
        } catch (Redis.Unavailable | Redis.Refused e) {
            out().println(e.getMessage());
        }
    }
}
