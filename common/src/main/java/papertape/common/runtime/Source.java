package papertape.common.runtime;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import papertape.common.message.FeedStatus;
import papertape.common.value.Instrument;

/**
 * Where raw messages come from; the runtime asks, numbers, commits and publishes. All methods but {@link #onControl} are
 * called by the runtime's one thread.
 */
public interface Source extends AutoCloseable {
    /**
     * One message of a venue, before it has a number.
     *
     * @param instrument absent for messages about the connection
     * @param received microseconds since the epoch
     * @param position how far the instrument's stream has come with this message, as the source itself counts; saved with
     *     the message and given back in {@link #assigned}; absent where the venue cannot resume
     */
    record Received(
            String venue,
            @Nullable Instrument instrument,
            String channel,
            long received,
            String payload,
            @Nullable String position) {}

    /**
     * The partitions that this worker owns from now on: connect for the instruments that are new, let go of the others.
     *
     * @param owned for each partition the saved positions by instrument name
     */
    void assigned(SortedMap<Integer, Map<String, String>> owned);

    /** Takes what has arrived, at most {@code max}; waits up to {@code waitMs} where there is nothing. */
    List<Received> poll(int max, long waitMs) throws InterruptedException;

    /**
     * What time it is at the venue, as seen from here.
     *
     * @param received time up to which everything has been given out, in microseconds since the epoch
     * @param confirmed when the venue's connection last gave a sign of life: a message, a ping or a pong
     */
    record Time(String venue, long received, long confirmed) {}

    /** Asked several times a second after a {@link #poll}; null while nothing has been heard. */
    default @Nullable Time time() {
        return null;
    }

    /**
     * In lockstep: the one message whose turn it is, if this worker has it.
     *
     * @param handled how many messages all workers have given out before, in the source's own order
     */
    default List<Received> turn(long handled) throws InterruptedException {
        return poll(1, 0);
    }

    /** Whether the source can be slowed down (a recording, a simulation) or has to keep up (a live venue). */
    boolean isThrottled();

    /** The stack's worst lag in messages has changed sides of the limit; a live source conflates meanwhile. */
    void overloaded(boolean isOverloaded);

    /** Somebody asks for a fresh snapshot of an instrument. Called by another thread. */
    void onControl(FeedStatus request);

    /** What it counts, by name, for {@code status} and metrics. */
    default SortedMap<String, Long> counters() {
        return Collections.emptySortedMap();
    }

    @Override
    void close();
}
