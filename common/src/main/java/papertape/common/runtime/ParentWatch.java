package papertape.common.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.text.Cause;

/**
 * Ends this process in order when the process that started it is gone, however that one ended: standard input is a pipe
 * whose other end only the parent holds, so the system closes it. Off unless the environment asks for it, since a container
 * has nothing at standard input and its engine ends what it started.
 */
public final class ParentWatch {
    /** Environment variable; {@code true} turns the watch on. */
    public static final String SETTING = "PAPERTAPE_STOP_AT_STDIN_EOF";

    private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);
    /** Longer than a service takes to commit its last batch and to hand over its leases. */
    private static final long PATIENCE_MS = 12_000;

    private ParentWatch() {}

    /** Begins to watch standard input where the environment asks for it. */
    public static void start(Map<String, String> env) {
        if (Boolean.parseBoolean(env.get(SETTING))) {
            daemon("parent-watch", () -> watch(System.in));
        }
    }

    private static void watch(InputStream in) {
        awaitEnd(in);
        LOG.atInfo().log("the process that started this one has ended: stopping");
        daemon("parent-watch-limit", ParentWatch::haltLater);
        System.exit(0);
    }

    private static void awaitEnd(InputStream in) {
        byte[] ignored = new byte[64];
        try {
            while (in.read(ignored) >= 0) {
                // nothing is said on it
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("cause", Cause.of(e)).log("standard input is broken");
        }
    }

    private static void haltLater() {
        try {
            TimeUnit.MILLISECONDS.sleep(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
