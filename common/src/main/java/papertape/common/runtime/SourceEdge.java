package papertape.common.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.text.Cause;

/** The edge of a source: takes what was received, keeps it until it is committed, and slows down when the stack lags. */
final class SourceEdge implements Edge {
    private static final Logger LOG = LoggerFactory.getLogger(SourceEdge.class);
    /** Less than the 250 ms of event time that may pass without a clock. */
    private static final long CLOCK_INTERVAL_NS = 200_000_000;

    private static final long STEP_POLL_NS = 200_000;
    private static final long LAG_INTERVAL_NS = 10_000_000;
    private static final long LONGEST_LAG_INTERVAL_NS = 1_000_000_000;
    /** Nobody falls behind by more than is sent: only after this part of the bound is there a reason to look. */
    private static final int LAG_PARTS = 16;

    private static final long CONSUMERS_INTERVAL_NS = 1_000_000_000;
    private static final String RECORDER = "persistence";

    /**
     * Where a task stands.
     *
     * @param sent how many messages it had sent in its life when all was known to be committed
     * @param open what it was given since
     */
    private record Standing(long epoch, long sent, List<Source.Item> open) {}

    private final Shell shell;
    private final Source source;
    private final MessageCodec codec = new MessageCodec();
    private final StateCodec<String> text = new StateCodec<>(String.class);
    private final Map<Integer, Standing> standings = new HashMap<>();
    /** Tasks that another worker has had meanwhile: the source must read their streams anew from what is saved. */
    private final Set<Integer> interrupted = new HashSet<>();

    private final Map<Integer, Map<String, String>> positions = new HashMap<>();
    private Map<Channel, Set<String>> consumers = new EnumMap<>(Channel.class);
    private Map<Channel, Set<String>> recorders = new EnumMap<>(Channel.class);
    private Set<Integer> assigned = Set.of();
    private long lastLagCheck = System.nanoTime() - LONGEST_LAG_INTERVAL_NS;
    private long lastConsumers = System.nanoTime() - CONSUMERS_INTERVAL_NS;
    private long lastClock = System.nanoTime();
    private Source.@Nullable Time told;
    private int sentSinceLagCheck;
    private boolean isOverloaded;
    private final @Nullable Conductor conductor;

    SourceEdge(Shell shell, Source source) {
        this.shell = shell;
        this.source = source;
        this.conductor = Conductor.isWanted(System.getenv())
                ? Conductor.of(
                        shell.stage(), System.getenv(), shell.partitions().count())
                : null;
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public Set<String> channels() {
        return Set.of(shell.controlChannel());
    }

    @Override
    public void onControl(byte[] bytes) {
        try {
            if (codec.decode(bytes, 0, bytes.length, null) instanceof FeedStatus request) {
                source.onControl(request);
            }
        } catch (CodecException e) {
            LOG.atWarn().addKeyValue("cause", Cause.of(e)).log("ignored what is not a request");
        }
    }

    /** A task was acquired: remembers how far its instruments have come, and sends again what was not committed. */
    void acquired(SourceTask task, Map<String, byte[]> entries) {
        Map<String, String> saved = new TreeMap<>();
        String prefix = SourceTask.POSITIONS + "|";
        entries.forEach((entry, value) -> {
            if (entry.startsWith(prefix)) {
                saved.put(entry.substring(prefix.length()), text.decode(value));
            }
        });
        positions.put(task.partition, saved);
        Standing before = standings.put(task.partition, new Standing(task.epoch, task.sent(), List.of()));
        if (before == null) {
            return;
        }
        if (task.sent() == before.sent) {
            take(task, before.open);
        } else if (task.sent() != before.sent + before.open.size() || task.epoch != before.epoch + 1) {
            interrupted.add(task.partition);
        }
    }

    @Override
    public void assigned(TaskGroup group) {
        Set<Integer> owned = Set.copyOf(group.owned().keySet());
        standings.keySet().retainAll(owned);
        interrupted.retainAll(owned);
        if (!interrupted.isEmpty()) {
            Set<Integer> kept = new HashSet<>(owned);
            kept.removeAll(interrupted);
            interrupted.clear();
            assign(kept);
        }
        assign(owned);
    }

    private void assign(Set<Integer> partitions) {
        if (partitions.equals(assigned)) {
            return;
        }
        assigned = Set.copyOf(partitions);
        SortedMap<Integer, Map<String, String>> now = new TreeMap<>();
        for (int partition : partitions) {
            now.put(partition, positions.getOrDefault(partition, Map.of()));
        }
        source.assigned(now);
    }

    @Override
    public void receive(Bus bus, TaskGroup group, long waitMicros) {
        settle(group);
        try {
            if (conductor != null) {
                receiveInStep(bus, group, conductor);
                return;
            }
            watchLag(bus);
            if (group.owned().isEmpty() || (isOverloaded && source.isThrottled())) {
                Thread.sleep(1);
                return;
            }
            distribute(source.poll(shell.config().bus().maxBatch(), waitMicros / 1_000), group);
            tellTime(group);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellTime(TaskGroup group) {
        long now = System.nanoTime();
        if (now - lastClock < CLOCK_INTERVAL_NS) {
            return;
        }
        Source.Time time = source.time();
        if (time != null && !time.equals(told)) {
            told = time;
            lastClock = now;
            group.owned().values().forEach(task -> take((SourceTask) task, List.of(time)));
        }
    }

    private void receiveInStep(Bus bus, TaskGroup group, Conductor conductor) throws InterruptedException {
        // what this worker gave out last is not committed yet, so the counts do not know of it
        boolean isWaiting =
                group.owned().isEmpty() || group.owned().values().stream().anyMatch(Task::hasWork);
        Conductor.Rest rest = isWaiting ? null : conductor.rest(bus);
        if (rest == null) {
            LockSupport.parkNanos(STEP_POLL_NS);
            return;
        }
        Source.Turn turn = source.turn(rest.sent(), !rest.isBehind());
        if (turn.isWhole() && rest.isBehind()) {
            conductor.begin(bus);
            return;
        }
        boolean isEmpty = true;
        for (Map.Entry<Integer, List<Source.Item>> each : turn.items().entrySet()) {
            if (group.task(each.getKey()) instanceof SourceTask task
                    && !each.getValue().isEmpty()) {
                take(task, each.getValue());
                isEmpty = false;
            }
        }
        if (isEmpty) {
            LockSupport.parkNanos(STEP_POLL_NS);
        }
    }

    /** What has no work left has had everything committed that it was given. */
    private void settle(TaskGroup group) {
        for (Task each : group.owned().values()) {
            SourceTask task = (SourceTask) each;
            if (!task.hasWork()) {
                standings.put(task.partition, new Standing(task.epoch, task.sent(), List.of()));
            }
        }
    }

    private void distribute(List<Source.Received> received, TaskGroup group) {
        Map<Integer, List<Source.Received>> byPartition = new TreeMap<>();
        int first = group.owned().keySet().iterator().next();
        for (Source.Received each : received) {
            // what belongs to no instrument goes along with the worker's first task
            int partition = each.instrument() == null
                    ? first
                    : shell.partitions().of(each.instrument().name());
            byPartition.computeIfAbsent(partition, any -> new ArrayList<>()).add(each);
        }
        byPartition.forEach((partition, batch) -> {
            // an instrument of a task that has just been lost is received by its new owner
            if (group.task(partition) instanceof SourceTask task) {
                take(task, batch);
            }
        });
    }

    private void take(SourceTask task, List<? extends Source.Item> batch) {
        Standing standing = standings.getOrDefault(task.partition, new Standing(task.epoch, task.sent(), List.of()));
        List<Source.Item> open = new ArrayList<>(standing.open);
        open.addAll(batch);
        standings.put(task.partition, new Standing(task.epoch, standing.sent, open));
        shell.tally().in += batch.size();
        sentSinceLagCheck += batch.size();
        task.take(batch);
    }

    /**
     * Persistence holds nobody up until it is further behind than the journals are long anyway: from then on they would
     * grow with it, and Redis with them.
     */
    private void findConsumers(Bus bus) {
        consumers = new EnumMap<>(Channel.class);
        recorders = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            Set<String> stages = bus.consumers(channel);
            if (stages.remove(RECORDER)) {
                recorders.put(channel, Set.of(RECORDER));
            }
            if (!stages.isEmpty()) {
                consumers.put(channel, stages);
            }
        }
    }

    private void watchLag(Bus bus) {
        long now = System.nanoTime();
        int maxLag = shell.config().bus().maxLag();
        boolean hasReason = isOverloaded || sentSinceLagCheck >= maxLag / LAG_PARTS;
        if (now - lastLagCheck < (hasReason ? LAG_INTERVAL_NS : LONGEST_LAG_INTERVAL_NS)) {
            return;
        }
        lastLagCheck = now;
        sentSinceLagCheck = 0;
        if (now - lastConsumers >= CONSUMERS_INTERVAL_NS) {
            lastConsumers = now;
            findConsumers(bus);
        }
        boolean was = isOverloaded;
        int partitions = shell.partitions().count();
        isOverloaded = bus.worstLag(consumers, partitions) > maxLag
                || bus.worstLag(recorders, partitions)
                        > Math.max(maxLag, shell.config().bus().journalTail());
        if (was != isOverloaded) {
            source.overloaded(isOverloaded);
        }
    }

    @Override
    public SortedMap<String, Long> counters() {
        SortedMap<String, Long> all = new TreeMap<>(source.counters());
        all.put("overloaded", isOverloaded ? 1L : 0L);
        return all;
    }

    @Override
    public void close() {
        source.close();
    }
}
