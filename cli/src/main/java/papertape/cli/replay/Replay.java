package papertape.cli.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import papertape.cli.audit.Audit;
import papertape.cli.audit.JournalDigest;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;
import papertape.sim.replay.Recording;
import papertape.sim.replay.ReplayServer;

/**
 * Plays a recording through a private stack: fresh data, free ports, a local server that speaks the venue's protocol. Ends
 * when every stage has handled everything.
 */
public final class Replay {
    private static final long POLL_MS = 50;
    private static final int STILL_POLLS = 6;
    private static final long STALL_MS = 120_000;

    /**
     * How it is played.
     *
     * @param speed times the recorded speed; infinity for as fast as the stack takes it
     * @param environment further settings for every service
     */
    public record Options(
            String venue,
            double speed,
            Map<Stages, Integer> workers,
            List<Path> configFiles,
            Map<String, String> environment) {}

    /** Watches a replay that is under way; called by the replay's thread about 20 times a second. */
    @FunctionalInterface
    public interface Observer {
        void progress(int sent, int total, Stack stack);
    }

    private final Recording recording;
    private final Options options;
    private final Home home;
    private boolean isInLockstep;
    /** Messages that are played in lockstep: those that are about a product. */
    private int turns;

    public Replay(Recording recording, Options options, Home home) {
        this.recording = recording;
        this.options = options;
        this.home = home;
    }

    /**
     * Plays one message at a time: the next goes in when all that follows from the one before has been handled, and what is
     * handled together does not depend on who is quicker. The same recording then gives the same messages, byte for byte,
     * whatever the number of workers and whatever happens to them.
     */
    public Replay inLockstep() {
        isInLockstep = true;
        return this;
    }

    /** Plays it and returns what came out; the stack has ended then. */
    public ReplayReport run(Consumer<String> say, Observer observer) throws IOException, InterruptedException {
        Path instruments = Files.createDirectories(home.folder()).resolve("recorded-instruments.yaml");
        try (ReplayServer server = new ReplayServer(recording, 0, options.speed())) {
            Config base = ConfigReader.defaults(System.getenv());
            Files.writeString(instruments, yaml(base));
            long began = System.nanoTime();
            try (Stack stack = Stack.start(home, stackOptions(server, instruments), say)) {
                double seconds = awaitDrained(server, stack, observer, began);
                try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-replay")) {
                    Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
                    SortedMap<String, String> digests = isInLockstep
                            ? JournalDigest.of(bus, stack.config().bus().partitions())
                            : new TreeMap<>();
                    return ReplayReport.of(new Audit(bus, stack.config()).run(), digests, seconds);
                }
            }
        }
    }

    private StackOptions stackOptions(ReplayServer server, Path instruments) throws IOException {
        List<Path> files = new ArrayList<>(options.configFiles());
        files.add(instruments);
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.putIfAbsent("PAPERTAPE_BUS_JOURNAL_TAIL", Integer.toString(Integer.MAX_VALUE));
        environment.putIfAbsent("PAPERTAPE_BUS_MAX_LAG", "500");
        if (isInLockstep) {
            environment.put("PAPERTAPE_LOCKSTEP", "etl,signal,order,risk,execution,pnl");
            environment.put("PAPERTAPE_FEED_TIMES", times().toString());
        }
        return new StackOptions(
                "replay",
                "ws://127.0.0.1:" + server.port(),
                options.venue(),
                options.workers(),
                "",
                "",
                files,
                environment,
                true);
    }

    /** Writes down which product's message comes when, for the feed. */
    private Path times() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < recording.size(); i++) {
            Recording.Line line = recording.line(i);
            if (line.product().equals(Recording.NO_PRODUCT)) {
                continue;
            }
            turns++;
            lines.append(line.product()).append('\t').append(line.micros()).append('\n');
        }
        Path file = home.folder().resolve("recorded-times.tsv").toAbsolutePath();
        Files.writeString(file, lines);
        return file;
    }

    /** The recording's instruments that the configuration does not know, with what the file itself shows of them. */
    private String yaml(Config base) {
        StringBuilder yaml = new StringBuilder("instruments:\n");
        int count = 0;
        for (InstrumentSettings each : recording.instruments()) {
            if (base.instruments().stream().anyMatch(known -> known.name().equals(each.name()))) {
                continue;
            }
            count++;
            yaml.append("  - name: \"").append(each.name()).append("\"\n");
            yaml.append("    tick: ").append(each.tick()).append('\n');
            yaml.append("    lot: ").append(each.lot()).append('\n');
            yaml.append("    minQty: ").append(each.minQty()).append('\n');
            yaml.append("    maxQty: ").append(each.maxQty()).append('\n');
            yaml.append("    base: ").append(each.base()).append('\n');
            yaml.append("    quote: ").append(each.quote()).append('\n');
        }
        return count == 0 ? "{}\n" : yaml.toString();
    }

    private double awaitDrained(ReplayServer server, Stack stack, Observer observer, long began)
            throws IOException, InterruptedException {
        long firstSent = began;
        long lastChange = System.nanoTime();
        String before = "";
        int still = 0;
        while (true) {
            stack.heal();
            observer.progress(server.position(), server.total(), stack);
            if (server.position() == 0) {
                firstSent = System.nanoTime();
            }
            String now = state(stack);
            if (!now.equals(before)) {
                before = now;
                lastChange = System.nanoTime();
                still = 0;
            } else if (server.done() && now.startsWith("0 ") && (!isInLockstep || now.endsWith(" " + turns))) {
                still++;
            }
            if (still >= STILL_POLLS) {
                return (lastChange - firstSent) / 1e9;
            }
            if (System.nanoTime() - lastChange > TimeUnit.MILLISECONDS.toNanos(STALL_MS)) {
                throw new IOException("the replay stands still: " + server.position() + " of " + server.total()
                        + " messages sent, lag and counts " + now + "; logs are in " + home.logs());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** Messages behind, and how many there are: when neither changes and nothing is behind, all is done. */
    private static String state(Stack stack) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-replay")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            Progress now = Progress.of(bus, stack.config().bus().partitions());
            return now.behind() + " " + now.count() + " " + now.raw();
        } catch (Redis.Unavailable e) {
            return "redis is away";
        }
    }
}
