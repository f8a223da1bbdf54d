package papertape.cli.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import papertape.cli.audit.Audit;
import papertape.cli.audit.JournalDigest;
import papertape.cli.look.LateOrders;
import papertape.cli.look.Progress;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.StackOptions;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.feed.ReplayLength;
import papertape.sim.replay.Recording;
import papertape.sim.replay.ReplayServer;

/**
 * Plays a recording through a private stack: fresh data, free ports, a local server that speaks the venue's protocol. The
 * feed gives the market out in short turns of event time and waits until all that follows from one has been handled, so that
 * no order is late. Ends when every stage has handled everything.
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
    private boolean isFreeRunning;
    private boolean hasDigests;
    /** Messages and clocks of the whole recording; 0 until it is asked for. */
    private long inAll;

    public Replay(Recording recording, Options options, Home home) {
        this.recording = recording;
        this.options = options;
        this.home = home;
    }

    /** Adds the digests of all that was published: the same whatever the speed, the number of workers and what they suffer. */
    public Replay inLockstep() {
        hasDigests = true;
        return this;
    }

    /**
     * Plays as fast as the stages take it, each at its own pace. The market then runs ahead of the orders that it leads to: what
     * they meet depends on the machine.
     */
    public Replay freeRunning() {
        isFreeRunning = true;
        return this;
    }

    /** Plays it and returns what came out; the stack has ended then. */
    public ReplayReport run(Consumer<String> say, Observer observer) throws IOException, InterruptedException {
        try (ReplayServer server = new ReplayServer(recording, 0, options.speed())) {
            Path instruments = RecordedInstruments.write(recording, options.configFiles(), home);
            long began = System.nanoTime();
            try (Stack stack = Stack.start(home, stackOptions(server, instruments), say)) {
                double seconds = awaitDrained(server, stack, observer, began);
                return stack.ask("papertape-replay", bus -> {
                    SortedMap<String, String> digests = hasDigests
                            ? JournalDigest.of(bus, stack.config().bus().partitions())
                            : new TreeMap<>();
                    LateOrders late = LateOrders.of(bus, stack.config().bus().partitions());
                    // in turns the feed keeps them to itself: which of several workers hears them is chance
                    int aboutConnection = isFreeRunning ? 0 : recording.size() - recording.productLines();
                    return ReplayReport.of(
                            new Audit(bus, stack.config()).run(), aboutConnection, late, digests, seconds);
                });
            }
        }
    }

    private StackOptions stackOptions(ReplayServer server, Path instruments) throws IOException {
        List<Path> files = new ArrayList<>(options.configFiles());
        files.add(instruments);
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.putIfAbsent("PAPERTAPE_BUS_JOURNAL_TAIL", Integer.toString(Integer.MAX_VALUE));
        environment.putIfAbsent("PAPERTAPE_BUS_MAX_LAG", "500");
        environment.put(
                "PAPERTAPE_FEED_TIMES", RecordedTimesFile.write(recording, home).toString());
        if (!isFreeRunning) {
            environment.put("PAPERTAPE_LOCKSTEP", "etl,signal,order,risk,execution,pnl");
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

    private double awaitDrained(ReplayServer server, Stack stack, Observer observer, long began)
            throws IOException, InterruptedException {
        long firstSent = began;
        long lastChange = System.nanoTime();
        Progress before = Progress.UNKNOWN;
        int still = 0;
        while (true) {
            stack.heal();
            long taken = taken(stack, bus -> FeedPositions.sum(bus, partitions(stack)));
            observer.progress(shown(server, taken), server.total(), stack);
            if (server.position() == 0) {
                firstSent = System.nanoTime();
            }
            Progress now = progress(stack);
            if (!now.equals(before)) {
                before = now;
                lastChange = System.nanoTime();
                still = 0;
            } else if (server.done() && taken == recording.productLines() && isDrained(now, stack)) {
                still++;
            }
            if (still >= STILL_POLLS) {
                return (lastChange - firstSent) / 1e9;
            }
            if (System.nanoTime() - lastChange > TimeUnit.MILLISECONDS.toNanos(STALL_MS)) {
                throw new IOException("the replay stands still: " + server.position() + " of " + server.total()
                        + " messages sent, " + behind(now, stack) + "; logs are in " + home.logs());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /**
     * When every stage reads, none is behind and all of the recording have arrived, all is done as soon as nothing changes
     * any more. A short recording is played before the slowest process has begun: that one is not behind yet, it is not
     * there.
     */
    private boolean isDrained(Progress now, Stack stack) {
        for (Stages stage : Stages.values()) {
            if (stage != Stages.FEED && stack.workers(stage) > 0 && !now.lag().containsKey(stage.text())) {
                return false;
            }
        }
        return now.behind() == 0 && hasSentAll(stack);
    }

    /** Which stages are behind, by how much, and what they said last. */
    private static String behind(Progress now, Stack stack) {
        StringJoiner stages = new StringJoiner(", ").setEmptyValue("no stage is behind");
        for (Stages stage : Stages.values()) {
            long lag = now.lag().getOrDefault(stage.text(), 0L);
            if (lag > 0) {
                stages.add(stage.text() + " is " + lag + " messages behind and said last: " + stack.lastWords(stage));
            }
        }
        return stages.toString();
    }

    /** In turns the feed sends clocks as well, the last one behind the last message. */
    private boolean hasSentAll(Stack stack) {
        if (isFreeRunning) {
            return true;
        }
        if (inAll == 0) {
            inAll = ReplayLength.messages(
                    RecordedTimesFile.in(home), recording.venue().name(), stack.config());
        }
        List<Bus.TaskNumber> sent = new ArrayList<>();
        for (int p = 0; p < partitions(stack); p++) {
            sent.add(new Bus.TaskNumber(Stages.FEED.text(), p, "out"));
        }
        return taken(stack, bus -> Arrays.stream(bus.numbers(sent)).sum()) >= inAll;
    }

    /**
     * Messages about products that the feed has taken; what the venue says of the connection it may keep to itself. A
     * free-running replay shows what was sent to it instead.
     */
    private int shown(ReplayServer server, long taken) {
        boolean isKnown = !isFreeRunning && taken >= 0;
        return isKnown
                ? (int) Math.min(server.total(), taken + recording.size() - recording.productLines())
                : server.position();
    }

    private static int partitions(Stack stack) {
        return stack.config().bus().partitions();
    }

    /** -1 while Redis is away. */
    private static long taken(Stack stack, ToLongFunction<Bus> number) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-replay")) {
            return number.applyAsLong(
                    new Bus(redis, Keys.of(stack.config().bus().namespace())));
        } catch (Redis.Unavailable e) {
            return -1;
        }
    }

    private static Progress progress(Stack stack) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-replay")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            return Progress.of(bus, stack.config().bus().partitions());
        } catch (Redis.Unavailable e) {
            return Progress.UNKNOWN;
        }
    }
}
