package papertape.common.runtime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.json.StateCodec;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;

/** The edge of a source: takes what was received, keeps it until it is committed, and slows down when the stack lags. */
final class SourceEdge implements Edge {
    private static final Logger LOG = LoggerFactory.getLogger(SourceEdge.class);
    private static final long LAG_INTERVAL_NS = 10_000_000;

    /** What was given to a task and is not known to be committed. */
    private record Unsettled(long epoch, long sentBefore, List<Source.Received> batch) {}

    private final Shell shell;
    private final Source source;
    private final MessageCodec codec = new MessageCodec();
    private final StateCodec<String> text = new StateCodec<>(String.class);
    private final Map<Integer, Unsettled> unsettled = new HashMap<>();
    private final Map<Integer, Map<String, String>> positions = new HashMap<>();
    private Map<Channel, Set<String>> consumers = new EnumMap<>(Channel.class);
    private Set<Integer> assigned = Set.of();
    /** Partitions whose messages another worker may have taken and lost meanwhile. */
    private final Set<Integer> doubtful = new TreeSet<>();

    private long nextLagCheck = System.nanoTime();
    private int lagChecks;
    private boolean isOverloaded;

    SourceEdge(Shell shell, Source source) {
        this.shell = shell;
        this.source = source;
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
        if (bytes.length == 0) {
            return;
        }
        try {
            if (codec.decode(bytes, 0, bytes.length, null) instanceof FeedStatus request) {
                source.onControl(request);
            }
        } catch (CodecException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("ignored what is not a request");
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
        Unsettled open = unsettled.remove(task.partition);
        if (open == null) {
            return;
        }
        if (task.epoch != open.epoch + 1) {
            // what counts is where the other left off: the source goes back to it
            doubtful.add(task.partition);
        } else if (task.sent() == open.sentBefore) {
            take(task, open.batch);
        }
    }

    @Override
    public void assigned(TaskGroup group) {
        Set<Integer> owned = Set.copyOf(group.owned().keySet());
        unsettled.keySet().retainAll(owned);
        doubtful.retainAll(owned);
        if (owned.equals(assigned) && doubtful.isEmpty()) {
            return;
        }
        assigned = owned;
        SortedMap<Integer, Map<String, String>> now = new TreeMap<>();
        for (int partition : owned) {
            now.put(partition, positions.getOrDefault(partition, Map.of()));
        }
        if (!doubtful.isEmpty()) {
            SortedMap<Integer, Map<String, String>> certain = new TreeMap<>(now);
            certain.keySet().removeAll(doubtful);
            doubtful.clear();
            source.assigned(certain);
        }
        source.assigned(now);
    }

    @Override
    public void receive(Bus bus, TaskGroup group, long waitMicros) {
        unsettled.clear();
        watchLag(bus);
        try {
            if (group.owned().isEmpty() || (isOverloaded && source.isThrottled())) {
                Thread.sleep(1);
                return;
            }
            distribute(source.poll(shell.config().bus().maxBatch(), waitMicros / 1_000), group);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private void take(SourceTask task, List<Source.Received> batch) {
        unsettled.put(task.partition, new Unsettled(task.epoch, task.sent(), batch));
        shell.tally().in += batch.size();
        task.take(batch);
    }

    private void watchLag(Bus bus) {
        long now = System.nanoTime();
        if (now - nextLagCheck < 0) {
            return;
        }
        nextLagCheck = now + LAG_INTERVAL_NS;
        if (lagChecks++ % 100 == 0) {
            consumers = new EnumMap<>(Channel.class);
            for (Channel channel : Channel.values()) {
                Set<String> stages = bus.consumers(channel);
                stages.remove("persistence");
                if (!stages.isEmpty()) {
                    consumers.put(channel, stages);
                }
            }
        }
        boolean was = isOverloaded;
        isOverloaded = bus.worstLag(consumers, shell.partitions().count())
                > shell.config().bus().maxLag();
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
