package papertape.feed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of requests that the venue refused, at most once a second. Used by the connection's reading thread. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    /** Least time between two warnings: a venue may refuse with every message. */
    private static final long INTERVAL_NS = 1_000_000_000L;

    private static final int SHOWN = 500;

    private long last = System.nanoTime() - INTERVAL_NS;
    private long unsaid;

    void note(Look reply) {
        String text = reply.payload();
        if (Text.value(text, "\"result\"") >= 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - last < INTERVAL_NS) {
            unsaid++;
            return;
        }
        LOG.atWarn()
                .addKeyValue("text", text.substring(0, Math.min(SHOWN, text.length())))
                .addKeyValue("unsaid", unsaid)
                .log("venue refused a request");
        last = now;
        unsaid = 0;
    }
}
