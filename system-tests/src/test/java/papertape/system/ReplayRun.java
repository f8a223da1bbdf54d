package papertape.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import papertape.cli.look.Progress;
import papertape.cli.replay.Replay;
import papertape.cli.replay.ReplayReport;
import papertape.cli.stack.Home;
import papertape.cli.stack.Stack;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.sim.replay.Recording;

/** Plays a recording through a private stack, as {@code papertape replay} does. */
final class ReplayRun {
    private ReplayRun() {}

    static ReplayReport of(
            Recording recording, String venue, List<String> workers, Path folder, Replay.Observer observer)
            throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("PAPERTAPE_BUS_LEASE_MS", "1500");
        Replay.Options options =
                new Replay.Options(venue, Double.POSITIVE_INFINITY, Stages.workers(workers), List.of(), environment);
        return new Replay(recording, options, new Home(folder)).run(System.out::println, observer);
    }

    /** As above, without waiting for what follows from a message. */
    static ReplayReport freeRunning(Recording recording, String venue, Path folder, Replay.Observer observer)
            throws IOException, InterruptedException {
        Replay.Options options =
                new Replay.Options(venue, Double.POSITIVE_INFINITY, Stages.workers(List.of()), List.of(), Map.of());
        return new Replay(recording, options, new Home(folder)).freeRunning().run(System.out::println, observer);
    }

    /** Messages of the recording that have arrived so far; 0 while Redis is away. */
    static long raw(Stack stack) {
        try (Redis redis = Redis.connect(stack.redisSettings(), "papertape-test")) {
            Bus bus = new Bus(redis, Keys.of(stack.config().bus().namespace()));
            return Progress.of(bus, stack.config().bus().partitions()).raw();
        } catch (Redis.Unavailable e) {
            return 0;
        }
    }

    static Replay.Observer unobserved() {
        return (sent, total, stack) -> {};
    }
}
