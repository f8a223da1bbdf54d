package papertape.common.stage;

import java.util.Collections;
import java.util.SortedMap;
import papertape.common.message.Message;

/**
 * The rules of a service for one partition: takes one message at a time and sends messages.
 *
 * <p>A stage does no I/O, reads no clock, draws no random numbers, starts no thread and logs nothing: time arrives with
 * messages. All it has to remember over a restart it keeps in {@link StateTable}s; what can be derived from them it
 * rebuilds when it is constructed. A stage that throws leaves no trace: the runtime forgets the instance, builds a new
 * one from the last committed state and, if the same message fails again, sends that message to the dead letters.
 *
 * <p>Called by one thread at a time.
 */
@FunctionalInterface
public interface Stage {
    void onMessage(Message message, Outbox out);

    /**
     * A message of this stage's input was stepped over and is a dead letter: it could not be decoded, {@link #onMessage}
     * refused it, or failed twice. Or the journal has it no more, and nobody knows what it was. What the stage holds may lack
     * what the message said, such as a change of a book. Called with the state as it was before the message; what it changes
     * and sends is committed with the dead letter.
     */
    default void onSkipped(Skipped skipped, Outbox out) {}

    /**
     * What it counts, by name, for {@code status} and metrics; asked about once a second, summed over the partitions (the
     * largest, where the name ends with {@code _max}).
     */
    default SortedMap<String, Long> counters() {
        return Collections.emptySortedMap();
    }

    /** Builds a partition's stage from its saved state; start and recovery are the same path. */
    @FunctionalInterface
    interface Factory {
        Stage create(StageContext context);
    }
}
