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
    /** What a source gives out. */
    sealed interface Item permits Received, Time {
        /** Microseconds since the epoch. */
        long received();
    }

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
            @Nullable String position)
            implements Item {}

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
    record Time(String venue, long received, long confirmed) implements Item {}

    /** Asked several times a second after a {@link #poll}; null while nothing has been heard. */
    default @Nullable Time time() {
        return null;
    }

    /**
     * In lockstep: what is given out next.
     *
     * @param items by partition, of those that this worker has
     * @param isWhole all of the last turn has been given out by all workers; only then may it be handled
     */
    record Turn(Map<Integer, List<Item>> items, boolean isWhole) {}

    /**
     * In lockstep: what belongs to the turn that is under way and has not been given out; where all of it has and nothing is
     * left to be handled, the next turn.
     *
     * @param sent how many messages each partition has sent in its life, of all workers
     * @param isHandled whether all of the turns before has been handled with all that followed from it
     */
    default Turn turn(long[] sent, boolean isHandled) throws InterruptedException {
        throw new IllegalStateException("only a recording is played in lockstep, and this source plays none");
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
