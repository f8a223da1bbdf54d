package papertape.common.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The edge of a sink: one write for the batches of all tasks, not more often than the other side likes. */
final class SinkEdge implements Edge {
    private static final long INTERVAL_NS = 250_000_000;
    private static final int FULL_BATCH = 4_096;

    private final Sink sink;
    private long nextWrite = System.nanoTime();
    private int lastSize;

    SinkEdge(Sink sink) {
        this.sink = sink;
    }

    @Override
    public boolean isReady(Task task) {
        return lastSize >= FULL_BATCH || System.nanoTime() - nextWrite >= 0;
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
        lastSize = all.size();
        nextWrite = System.nanoTime() + INTERVAL_NS;
    }

    @Override
    public void close() {
        sink.close();
    }
}
