package papertape.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Redis;
import papertape.common.json.MessageCodec;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.message.Pnl;
import papertape.common.runtime.WorkerStats;
import papertape.common.value.FeedLine;

/**
 * A stack at one moment.
 *
 * @param stages in the order of the pipeline
 * @param positions one an account and instrument, and one an account without instrument
 * @param deadLetters in the journal of dead letters, over the life of the data
 * @param lines of a redundant feed; empty where it has one line
 * @param problems what is degraded; empty where nobody has looked for it, see {@link #with}
 */
public record Snapshot(
        List<StageView> stages, List<Pnl> positions, long deadLetters, List<LineView> lines, List<Problem> problems) {
    private static final StateCodec<WorkerStats> STATS = new StateCodec<>(WorkerStats.class);
    private static final long STALE_MICROS = 5_000_000;

    /**
     * A stage: the sum of its workers.
     *
     * @param wanted workers that the supervisor keeps it to; -1 where there is none
     * @param lag messages published on its inputs and not committed by it
     * @param delayP50 microseconds since the feed received what it led to; the worst of its workers, as is the next
     */
    public record StageView(
            String stage,
            int workers,
            int wanted,
            int partitionsOwned,
            int partitions,
            long in,
            long out,
            long inRate,
            long outRate,
            long lag,
            long delayP50,
            long delayP99,
            long deadLetters,
            SortedMap<String, Long> counters,
            @Nullable String complaint) {}

    /**
     * A line of a redundant feed.
     *
     * @param line A or B
     * @param in messages that its workers took in since their start, as is the next
     * @param onlyIt messages that this line had and the other had not, over the life of the data
     * @param both messages that both lines had, likewise; the same for each line
     */
    public record LineView(
            FeedLine line,
            int workers,
            int partitionsOwned,
            int partitions,
            long in,
            long inRate,
            long onlyIt,
            long both) {}

    /** @param partitions of every channel */
    public static Snapshot take(Bus bus, int partitions) {
        Map<String, List<WorkerStats>> byStage = workers(bus);
        Map<String, List<Map<String, Long>>> tasks = new TreeMap<>();
        for (String stage : Pipeline.STAGES) {
            tasks.put(stage, bus.tasks(stage, partitions));
        }
        // read after the offsets, so that no offset is ahead of its channel
        Map<String, Long> sequences = bus.sequences();
        Map<String, String> wanted = bus.redis().hash(bus.keys().scale());
        boolean isRedundant = isRedundant(bus, byStage);
        List<LineView> lines = isRedundant ? lines(bus, partitions, byStage) : List.of();
        // the two lines are one stage to whoever looks on
        byStage.computeIfAbsent(FeedLine.A.stage(), any -> new ArrayList<>())
                .addAll(byStage.getOrDefault(FeedLine.B.stage(), List.of()));
        List<StageView> views = new ArrayList<>();
        for (String name : Pipeline.STAGES) {
            long lag = lag(bus, name, tasks.get(name), sequences);
            int workers = Integer.parseInt(wanted.getOrDefault(name, "-1"));
            boolean isTwofold = name.equals(Pipeline.FEED) && isRedundant;
            int all = isTwofold ? partitions * FeedLine.values().length : partitions;
            int owned = owned(bus, name, partitions) + (isTwofold ? owned(bus, FeedLine.B.stage(), partitions) : 0);
            views.add(view(name, workers, owned, all, lag, byStage.getOrDefault(name, List.of())));
        }
        long letters = 0;
        for (int p = 0; p < partitions; p++) {
            letters += sequences.getOrDefault(Channel.DEADLETTER.text() + "." + p, 0L);
        }
        return new Snapshot(views, positions(bus), letters, lines, List.of());
    }

    /** The same with what has been found wrong. */
    public Snapshot with(List<Problem> found) {
        return new Snapshot(stages, positions, deadLetters, lines, found);
    }

    private static Map<String, List<WorkerStats>> workers(Bus bus) {
        Map<String, List<WorkerStats>> byStage = new TreeMap<>();
        long now = System.currentTimeMillis() * 1_000;
        bus.redis().rawHash(bus.keys().stats()).values().forEach(text -> {
            WorkerStats stats = STATS.decode(text);
            if (now - stats.ts() < STALE_MICROS) {
                byStage.computeIfAbsent(stats.stage(), any -> new ArrayList<>()).add(stats);
            }
        });
        return byStage;
    }

    /** Whether two lines of feed workers take the same instruments. */
    public static boolean isRedundant(Bus bus) {
        return isRedundant(bus, workers(bus));
    }

    private static boolean isRedundant(Bus bus, Map<String, List<WorkerStats>> byStage) {
        return byStage.containsKey(FeedLine.B.stage())
                || !bus.workers(FeedLine.B.stage()).isEmpty()
                || byStage.getOrDefault(Pipeline.ETL, List.of()).stream()
                        .anyMatch(worker -> worker.counters().containsKey(FeedLine.BOTH));
    }

    private static List<LineView> lines(Bus bus, int partitions, Map<String, List<WorkerStats>> byStage) {
        SortedMap<String, Long> counters = counters(byStage.getOrDefault(Pipeline.ETL, List.of()));
        List<LineView> lines = new ArrayList<>();
        for (FeedLine line : FeedLine.values()) {
            List<WorkerStats> workers = byStage.getOrDefault(line.stage(), List.of());
            lines.add(new LineView(
                    line,
                    workers.size(),
                    owned(bus, line.stage(), partitions),
                    partitions,
                    workers.stream().mapToLong(WorkerStats::in).sum(),
                    workers.stream().mapToLong(WorkerStats::inRate).sum(),
                    counters.getOrDefault(line.onlyCounter(), 0L),
                    counters.getOrDefault(FeedLine.BOTH, 0L)));
        }
        return lines;
    }

    private static int owned(Bus bus, String stage, int partitions) {
        return (int) bus.owners(stage, partitions).stream()
                .filter(owner -> !owner.isEmpty())
                .count();
    }

    private static SortedMap<String, Long> counters(List<WorkerStats> workers) {
        SortedMap<String, Long> counters = new TreeMap<>();
        workers.forEach(worker -> worker.counters().forEach((name, value) -> WorkerStats.merge(counters, name, value)));
        return counters;
    }

    private static StageView view(
            String stage, int wanted, int owned, int partitions, long lag, List<WorkerStats> workers) {
        return new StageView(
                stage,
                workers.size(),
                wanted,
                owned,
                partitions,
                workers.stream().mapToLong(WorkerStats::in).sum(),
                workers.stream().mapToLong(WorkerStats::out).sum(),
                workers.stream().mapToLong(WorkerStats::inRate).sum(),
                workers.stream().mapToLong(WorkerStats::outRate).sum(),
                lag,
                workers.stream().mapToLong(WorkerStats::delayP50).max().orElse(0),
                workers.stream().mapToLong(WorkerStats::delayP99).max().orElse(0),
                workers.stream().mapToLong(WorkerStats::deadLetters).sum(),
                counters(workers),
                workers.stream()
                        .map(WorkerStats::complaint)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** How far the stage is behind on all its inputs together, whether or not a worker lives. */
    private static long lag(Bus bus, String stage, List<Map<String, Long>> tasks, Map<String, Long> sequences) {
        long lag = 0;
        for (Channel channel : Channel.values()) {
            if (!channel.isJournaled() || !bus.consumers(channel).contains(stage)) {
                continue;
            }
            for (int p = 0; p < tasks.size(); p++) {
                long last = sequences.getOrDefault(channel.text() + "." + p, 0L);
                lag += last - tasks.get(p).getOrDefault(channel.text(), 0L);
            }
        }
        return lag;
    }

    private static List<Pnl> positions(Bus bus) {
        MessageCodec codec = new MessageCodec();
        List<Pnl> positions = new ArrayList<>();
        new TreeMap<>(bus.redis().rawHash(bus.keys().last(Channel.PNL)))
                .values()
                .forEach(text -> {
                    if (codec.decode(Redis.text(text)) instanceof Pnl pnl) {
                        positions.add(pnl);
                    }
                });
        return positions;
    }
}
