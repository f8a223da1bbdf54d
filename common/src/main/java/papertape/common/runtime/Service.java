package papertape.common.runtime;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.stage.Stage;

/**
 * A service's process: reads the configuration, makes the worker and runs it until SIGTERM. A service's {@code Main} says
 * which channels it reads and how its rules are made, and nothing more.
 */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final int BAD_CONFIGURATION = 2;

    private final String stage;
    private final Function<Config, List<Input>> inputs;
    private final List<Channel> doors;
    private final Function<Config, Parts> parts;

    /** How a kind of service makes its tasks. */
    private interface Parts {
        Edge edge(Shell shell);

        TaskGroup.Factory tasks(Shell shell, Edge edge);
    }

    private Service(
            String stage, Function<Config, List<Input>> inputs, List<Channel> doors, Function<Config, Parts> parts) {
        this.stage = stage;
        this.inputs = inputs;
        this.doors = doors;
        this.parts = parts;
    }

    /** A stage: a pure function from messages to messages. */
    public static Service stage(String stage, List<Input> inputs, Function<Config, Stage.Factory> rules) {
        return new Service(stage, any -> inputs, List.of(), config -> new StageParts(rules.apply(config)));
    }

    /** A stage whose inputs depend on the configuration. */
    public static Service stage(
            String stage, Function<Config, List<Input>> inputs, Function<Config, Stage.Factory> rules) {
        return new Service(stage, inputs, List.of(), config -> new StageParts(rules.apply(config)));
    }

    /** A sink: writes messages outside; which ones may depend on the configuration. */
    public static Service sink(String stage, Function<Config, List<Input>> inputs, Function<Config, Sink> sink) {
        return new Service(stage, inputs, List.of(), config -> new SinkParts(sink.apply(config)));
    }

    /** A source: takes messages from outside. */
    public static Service source(String stage, Function<Config, Source> source) {
        return new Service(stage, any -> List.of(), List.of(), config -> new SourceParts(source.apply(config)));
    }

    /** Also keeps the front doors of these channels: takes what anybody publishes without a partition. */
    public Service keepingDoors(Channel... channels) {
        return new Service(stage, inputs, List.of(channels), parts);
    }

    /** Runs until the process is told to stop; then exits with 0, or with 2 when the configuration is wrong. */
    public void run(String[] args) {
        ParentWatch.start(System.getenv());
        try {
            if (args.length > 0) {
                throw new ConfigException(
                        List.of(stage + "-service takes no arguments; settings come from PAPERTAPE_CONFIG"));
            }
            Worker worker = worker(ConfigReader.defaults(System.getenv()));
            worker.answer(System.getenv());
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, main), "shutdown"));
            LOG.atInfo().addKeyValue("service", stage).log("started");
            worker.run();
            LOG.atInfo().addKeyValue("service", stage).log("stopped");
        } catch (ConfigException e) {
            LOG.atError().log(e.getMessage());
            System.exit(BAD_CONFIGURATION);
        }
    }

    private static void stop(Worker worker, Thread main) {
        worker.stop();
        try {
            main.join(8_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The worker alone, for tests that run it in a thread of their own. */
    public Worker worker(Config config) {
        Keys keys = Keys.of(config.bus().namespace());
        Partitions partitions = new Partitions(config.bus().partitions());
        Shell shell = new Shell(
                config,
                keys,
                partitions,
                stage,
                newName(),
                inputs.apply(config),
                new Tally(),
                new Vitals(config.bus().leaseMs()),
                new OwnStack(System.getenv()));
        Parts made = parts.apply(config);
        Edge edge = made.edge(shell);
        List<TaskGroup> groups = new ArrayList<>();
        groups.add(group(shell, stage, partitions.count(), made.tasks(shell, edge)));
        for (Channel channel : doors) {
            groups.add(group(shell, "door-" + channel.text(), 1, door(shell, channel)));
        }
        return new Worker(shell, edge, groups);
    }

    private static TaskGroup group(Shell shell, String name, int tasks, TaskGroup.Factory factory) {
        return new TaskGroup(name, shell.worker(), tasks, shell.config().bus().leaseMs(), factory);
    }

    private static TaskGroup.Factory door(Shell shell, Channel channel) {
        MessageCodec codec = new MessageCodec();
        DoorTask.WaitingRoom room = new DoorTask.WaitingRoom();
        return (partition, numbers, entries) -> new DoorTask(
                shell.keys(),
                "door-" + channel.text(),
                channel,
                numbers,
                shell.partitions(),
                codec,
                shell.config().bus().maxFrameBytes(),
                shell.config().bus().maxClientSkewMs(),
                shell.tally(),
                room);
    }

    private String newName() {
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        // every container's service is process 1 of its own host
        long pid = ProcessHandle.current().pid();
        String place = pid == 1 ? System.getenv().getOrDefault("HOSTNAME", "1") : Long.toString(pid);
        return stage + "-" + place + "-" + HexFormat.of().formatHex(random);
    }

    private record StageParts(Stage.Factory rules) implements Parts {
        @Override
        public Edge edge(Shell shell) {
            return Edge.NONE;
        }

        @Override
        public TaskGroup.Factory tasks(Shell shell, Edge edge) {
            MessageCodec codec = new MessageCodec();
            StageTask.Shared shared = new StageTask.Shared(
                    shell.stage(),
                    shell.keys(),
                    shell.partitions(),
                    shell.inputs(),
                    rules,
                    codec,
                    new MarkReader(codec),
                    shell.config().bus().maxBatch(),
                    shell.config().bus().maxFrameBytes(),
                    Conductor.isWanted(System.getenv()),
                    shell.tally());
            return (partition, numbers, entries) -> new StageTask(shared, partition, numbers, entries.get());
        }
    }

    private record SinkParts(Sink sink) implements Parts {
        /** Batches of other tasks that make one of a sink: to a database few large writes are cheaper than many. */
        private static final int BATCHES = 4;

        @Override
        public Edge edge(Shell shell) {
            return new SinkEdge(sink);
        }

        @Override
        public TaskGroup.Factory tasks(Shell shell, Edge edge) {
            MessageCodec codec = new MessageCodec();
            return (partition, numbers, entries) -> new SinkTask(
                    shell.keys(),
                    shell.stage(),
                    partition,
                    shell.inputs(),
                    numbers,
                    codec,
                    BATCHES * shell.config().bus().maxBatch(),
                    shell.tally());
        }
    }

    private record SourceParts(Source source) implements Parts {
        @Override
        public Edge edge(Shell shell) {
            return new SourceEdge(shell, source);
        }

        @Override
        public TaskGroup.Factory tasks(Shell shell, Edge edge) {
            MessageCodec codec = new MessageCodec();
            return (partition, numbers, entries) -> {
                SourceTask task = new SourceTask(
                        shell.keys(),
                        shell.stage(),
                        partition,
                        numbers,
                        shell.partitions(),
                        codec,
                        shell.config().bus().maxFrameBytes(),
                        shell.tally());
                ((SourceEdge) edge).acquired(task, entries.get());
                return task;
            };
        }
    }
}
