package papertape.cli.command;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import papertape.cli.stack.Redundancy;
import papertape.cli.stack.StackFile;
import papertape.cli.stack.Stages;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.common.value.FeedLine;
import papertape.look.Snapshot;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes the number of a stage's workers on a running stack. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = "Starts or stops workers of a stage on a running stack and waits until they share the work.")
final class ScaleCommand implements Callable<Integer> {
    private static final long POLL_MS = 20;

    @Mixin
    Target target = new Target();

    @Parameters(paramLabel = "STAGE=N", arity = "1..*", description = "How many workers the stage is to have.")
    List<String> settings = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    int timeout = 60;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<Stages, Integer> wanted = Stages.workers(settings);
        if (target.toChange().stackFile().flatMap(StackFile::supervisorHandle).isEmpty()) {
            throw new Failure("no stack runs here whose workers could be changed; start one with papertape up");
        }
        Config config = target.config();
        try (Redis redis = target.connect(config)) {
            Bus bus = new Bus(redis, Keys.of(config.bus().namespace()));
            boolean isFeedTwofold = wanted.containsKey(Stages.FEED) && Snapshot.isRedundant(bus);
            if (isFeedTwofold) {
                Redundancy.check(wanted.getOrDefault(Stages.FEED, 0));
            }
            wanted.forEach(
                    (stage, count) -> redis.call("HSET", bus.keys().scale(), stage.text(), Integer.toString(count)));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeout);
            for (Map.Entry<Stages, Integer> each : wanted.entrySet()) {
                if (each.getKey() == Stages.FEED && isFeedTwofold) {
                    awaitLines(bus, config.bus().partitions(), each.getValue(), deadline);
                } else {
                    await(bus, config.bus().partitions(), each.getKey().text(), each.getValue(), deadline);
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void awaitLines(Bus bus, int partitions, int count, long deadline) throws InterruptedException {
        for (FeedLine line : FeedLine.values()) {
            await(bus, partitions, line.stage(), Redundancy.workers(line, count), deadline);
        }
    }

    private void await(Bus bus, int partitions, String stage, int count, long deadline) throws InterruptedException {
        while (!isShared(bus, partitions, stage, count)) {
            if (System.nanoTime() - deadline > 0) {
                throw new Failure(stage + " has " + bus.workers(stage).size() + " of " + count + " workers after "
                        + timeout + " s; papertape status shows more");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        spec.commandLine()
                .getOut()
                .println(stage + " has " + count + (count == 1 ? " worker" : " workers") + ", sharing " + partitions
                        + " partitions");
        spec.commandLine().getOut().flush();
    }

    /** Whether that many live and each of them, or as many as there are partitions, owns its share. */
    private static boolean isShared(Bus bus, int partitions, String stage, int count) {
        Set<String> living = new HashSet<>(bus.workers(stage));
        List<String> owners = bus.owners(stage, partitions);
        if (count == 0) {
            return owners.stream().allMatch(String::isEmpty);
        }
        int least = partitions / count;
        int owning = Math.min(count, partitions);
        return living.size() == count
                && living.containsAll(owners)
                && new HashSet<>(owners).size() == owning
                && owners.stream()
                        .distinct()
                        .allMatch(owner -> owners.stream().filter(owner::equals).count() >= least);
    }
}
