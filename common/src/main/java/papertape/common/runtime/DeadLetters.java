package papertape.common.runtime;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.message.Channel;
import papertape.common.text.Printable;

/** Says in the log that a message was stepped over, ten times a second at most; the dead letter itself is never left out. */
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final long INTERVAL_NS = 100_000_000;
    private static final AtomicLong LAST = new AtomicLong(System.nanoTime() - INTERVAL_NS);
    private static final AtomicLong UNSAID = new AtomicLong();

    /** A complaint may quote what it complains of, and so be too long for a message itself. */
    private static final int LONGEST_REASON = 500;

    private DeadLetters() {}

    /** A reason as it may be sent and logged. */
    static String reason(String reason) {
        return reason.length() <= LONGEST_REASON ? clean(reason) : clean(reason.substring(0, LONGEST_REASON)) + "...";
    }

    /** Text as it may be sent: half a character, as cutting leaves it, becomes a question mark. */
    static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static void warn(String stage, Channel channel, int partition, long seq, String reason) {
        long now = System.nanoTime();
        long last = LAST.get();
        if (now - last < INTERVAL_NS || !LAST.compareAndSet(last, now)) {
            UNSAID.incrementAndGet();
            return;
        }
        LOG.atWarn()
                .addKeyValue("service", stage)
                .addKeyValue("channel", channel.text() + "." + partition)
                .addKeyValue("seq", seq)
                .addKeyValue("reason", Printable.line(reason(reason)))
                .addKeyValue("unsaid", UNSAID.getAndSet(0))
                .log("dead letter");
    }
}
