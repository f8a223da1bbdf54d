package papertape.common.runtime;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Pnl;

/** How a worker is, for those who ask over HTTP. Told by the worker's thread, asked by any. */
final class Vitals {
    private static final int LEASES = 3;

    private final long patienceNs;
    private volatile boolean isAsked;
    private volatile boolean isConnected;
    private volatile boolean isListening;
    private volatile String redisCause = "";
    private volatile String outside = "";
    private volatile long lastBeat = System.nanoTime();
    private volatile @Nullable WorkerStats stats;
    private volatile List<Pnl> reports = List.of();

    /** @param leaseMs a worker that has not beaten for three of them is not well */
    Vitals(int leaseMs) {
        this.patienceNs = TimeUnit.MILLISECONDS.toNanos((long) LEASES * leaseMs);
    }

    /** Somebody may ask from now on; until then nothing is gathered for them. */
    void expectQuestions() {
        isAsked = true;
    }

    boolean isAsked() {
        return isAsked;
    }

    void connected() {
        isConnected = true;
    }

    /** @param cause why there is no connection, or why Redis does not do what it is asked */
    void disconnected(String cause) {
        isConnected = false;
        redisCause = cause;
    }

    /** What is wrong with the database or the venue though it answers; empty where nothing is. */
    void outside(String complaint) {
        outside = complaint;
    }

    void listening(boolean now) {
        isListening = now;
    }

    /** The worker has renewed its leases. */
    void beaten() {
        lastBeat = System.nanoTime();
    }

    void said(WorkerStats latest) {
        stats = latest;
    }

    /** The latest P&L reports of the accounts whose partitions this worker owns. */
    void reported(List<Pnl> latest) {
        reports = List.copyOf(latest);
    }

    @Nullable
    WorkerStats stats() {
        return stats;
    }

    List<Pnl> reports() {
        return reports;
    }

    /** Why the worker is not well; empty when it is. */
    String complaint() {
        if (!isConnected) {
            return "not connected to redis" + (redisCause.isEmpty() ? "" : ": " + redisCause);
        }
        if (!isListening) {
            return "not subscribed to its channels";
        }
        long silentNs = System.nanoTime() - lastBeat;
        if (silentNs > patienceNs) {
            return "no sign of life for " + TimeUnit.NANOSECONDS.toMillis(silentNs) + " ms";
        }
        return outside;
    }
}
