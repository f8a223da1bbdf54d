package papertape.common.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import papertape.common.message.Channel;

/**
 * The edge of a sink: one write for the batches of all tasks, not more often than the other side likes.
 *
 * <p>Tasks are not equally far in event time. What happened within {@link #HELD_MICROS} of the newest waits for the next
 * batch, by when the others have come as far, and so does what happened after the last that the fullest task can take: so
 * batch after batch is in order of time. A database that keeps its rows so appends those, where it rewrites for others.
 */
final class SinkEdge implements Edge {
    private static final long INTERVAL_NS = 1_000_000_000;
    private static final long HELD_MICROS = 500_000;
    /** After which what waits waits no longer, however far apart the tasks are. */
    private static final long PATIENCE_NS = 10_000_000_000L;

    private static final long REST_MS = 10;

    private final Sink sink;
    private long nextWrite = System.nanoTime();
    /** The last batches could not take all that was settled. */
    private boolean isBehind;

    private boolean isDue;
    /** The newest event times that waited when the last batch began. */
    private Map<Channel, Long> last = Map.of();
    /** The newest that waited a while ago, and when that was. */
    private Map<Channel, Long> earlier = Map.of();

    private Map<Channel, Long> overdue = Map.of();
    private long earlierAt = System.nanoTime();

    SinkEdge(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void belongs(String stackId) {
        sink.belongs(stackId);
    }

    @Override
    public void begin(Collection<Task> tasks) {
        long now = System.nanoTime();
        isDue = isBehind || now - nextWrite >= 0;
        if (!isDue) {
            return;
        }
        Map<Channel, Long> newest = new EnumMap<>(Channel.class);
        tasks.forEach(task -> ((SinkTask) task).newest(newest));
        if (now - earlierAt >= PATIENCE_NS) {
            overdue = earlier;
            earlier = newest;
            earlierAt = now;
        }
        Map<Channel, Long> reach = new EnumMap<>(Channel.class);
        tasks.forEach(task -> ((SinkTask) task).reach(reach));
        Map<Channel, Long> horizons = new EnumMap<>(Channel.class);
        isBehind = false;
        newest.forEach((channel, ts) -> {
            long most = reach.getOrDefault(channel, Long.MAX_VALUE);
            long settled = settled(channel, ts);
            horizons.put(channel, Math.max(Math.min(settled, most), overdue.getOrDefault(channel, Long.MIN_VALUE)));
            isBehind |= most < settled;
        });
        last = newest;
        tasks.forEach(task -> ((SinkTask) task).horizons(horizons));
    }

    /** The event time that all partitions of the channel are thought to have come to. */
    private long settled(Channel channel, long newest) {
        // where nothing newer comes, nothing that is older will
        boolean isQuiet = Objects.equals(last.get(channel), newest);
        return isQuiet ? newest : newest - HELD_MICROS;
    }

    /** Between two writes nothing is urgent: it need not wake for each frame. */
    @Override
    public long restMs() {
        return isDue ? 0 : REST_MS;
    }

    @Override
    public boolean isReady(Task task) {
        return isDue;
    }

    @Override
    public void write(List<Task> busy) throws IOException {
        List<SinkTask.Parcel> all = new ArrayList<>();
        for (Task task : busy) {
            all.addAll(((SinkTask) task).batch());
        }
        all.sort(Comparator.comparingLong(SinkTask.Parcel::ts));
        if (!all.isEmpty()) {
            sink.write(() -> all.stream()
                    .map(SinkTask.Parcel::open)
                    .filter(Objects::nonNull)
                    .iterator());
        }
        isBehind |= busy.stream().anyMatch(task -> ((SinkTask) task).isCut());
        nextWrite = System.nanoTime() + INTERVAL_NS;
    }

    @Override
    public String complaint() {
        return sink.complaint();
    }

    @Override
    public void close() {
        sink.close();
    }
}
