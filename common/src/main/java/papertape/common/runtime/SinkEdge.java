package papertape.common.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import papertape.common.message.Channel;

/** The edge of a sink: one write for the batches of all tasks, not more often than the other side likes. */
final class SinkEdge implements Edge {
    private static final long INTERVAL_NS = 1_000_000_000;
    private static final long REST_MS = 10;

    private final Sink sink;
    private long nextWrite = System.nanoTime();
    /** The last batches did not take all there was. */
    private boolean isBehind;

    private boolean isDue;
    /** The newest event times that were waiting when the last batch began. */
    private Map<Channel, Long> waited = Map.of();

    SinkEdge(Sink sink) {
        this.sink = sink;
    }

    /**
     * Tasks are not equally far: what one has in event time beyond the others waits for the next batch, so that batch
     * after batch is in order of time. A database that keeps its rows so appends those, where it rewrites for others.
     */
    @Override
    public void begin(Collection<Task> tasks) {
        isDue = isBehind || System.nanoTime() - nextWrite >= 0;
        if (!isDue) {
            return;
        }
        Map<Channel, Long> horizons = new EnumMap<>(Channel.class);
        Map<Channel, Long> newest = new EnumMap<>(Channel.class);
        tasks.forEach(task -> ((SinkTask) task).reach(horizons, newest));
        // what waited at the last batch already waits no longer
        waited.forEach((channel, ts) -> horizons.merge(channel, ts, Math::max));
        waited = newest;
        tasks.forEach(task -> ((SinkTask) task).horizons(horizons));
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
        List<Sink.Delivery> all = new ArrayList<>();
        for (Task task : busy) {
            all.addAll(((SinkTask) task).batch());
        }
        if (!all.isEmpty()) {
            sink.write(all);
        }
        isBehind = busy.stream().anyMatch(task -> ((SinkTask) task).isCut());
        nextWrite = System.nanoTime() + INTERVAL_NS;
    }

    @Override
    public void close() {
        sink.close();
    }
}
