package papertape.common.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Health and metrics, as every service has them, of a process that is no worker. Any thread. */
public final class ProcessVitals implements AutoCloseable {
    private final Vitals vitals;
    private final @Nullable VitalsServer server;

    private ProcessVitals(Vitals vitals, @Nullable VitalsServer server) {
        this.vitals = vitals;
        this.server = server;
    }

    /**
     * Answers where the environment asks for it.
     *
     * @param leaseMs a process that has said nothing for three times as long is not well
     */
    public static ProcessVitals open(Map<String, String> env, String service, String worker, int leaseMs) {
        Vitals vitals = new Vitals(leaseMs);
        return new ProcessVitals(vitals, VitalsServer.open(env, vitals, service, worker));
    }

    /** The process lives, and this is what it does. @param isConnected whether it reads its channels */
    public void say(boolean isConnected, WorkerStats stats) {
        if (isConnected) {
            vitals.connected();
        } else {
            vitals.disconnected("");
        }
        vitals.listening(isConnected);
        vitals.beaten();
        vitals.said(stats);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
