package papertape.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Partitions;
import papertape.common.config.Config;
import papertape.common.message.FeedStatus;
import papertape.common.runtime.Source;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;

/**
 * The configured venue as a source: one connection per worker, for the instruments of the partitions that the worker owns.
 *
 * <p>Between two calls of {@link #assigned} in which a partition is owned its saved positions are not read again: more has
 * been received than committed. A partition that was lost must therefore be left out of one call before it comes back.
 */
public final class VenueSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(VenueSource.class);

    private static final int MOST_AT_ONCE = 1_024;
    private static final int MOST_WAITING = 20_000;

    private final List<Instrument> instruments;
    private final ToIntFunction<String> partitionOf;
    private final Inbox inbox;
    private final Feed feed;
    private final boolean isThrottled;
    private final boolean isLiving;
    private final FeedCounters counters;
    private final @Nullable RecordedTimes recorded;
    private final @Nullable Turns turns;
    /** Of the recording's message that was given out last, and when that was, by {@link System#nanoTime}. */
    private long lastRecorded;

    private long lastGiven = System.nanoTime();

    public VenueSource(Config config, FeedOptions options) {
        this(config, options, null);
    }

    /** @param recorded where a recording is played */
    VenueSource(Config config, FeedOptions options, @Nullable RecordedTimes recorded) {
        this(
                new Venue(config, options),
                new Partitions(config.bus().partitions())::of,
                recorded,
                config.bus().partitions(),
                recorded == null ? 0 : Schedule.length(config.execution()));
    }

    /** @param partitionOf the partition of an instrument's name */
    VenueSource(Venue venue, ToIntFunction<String> partitionOf) {
        this(venue, partitionOf, null, 1, 0);
    }

    private VenueSource(
            Venue venue,
            ToIntFunction<String> partitionOf,
            @Nullable RecordedTimes recorded,
            int partitions,
            long turnLength) {
        this.recorded = recorded;
        this.turns = recorded == null
                ? null
                : new Turns(
                        venue.name(),
                        recorded,
                        new Schedule(
                                recorded,
                                product -> partitionOf.applyAsInt(venue.name() + ":" + product),
                                partitions,
                                turnLength));
        this.instruments = venue.instruments();
        this.partitionOf = partitionOf;
        this.inbox = venue.inbox();
        this.isThrottled = venue.isThrottled();
        this.isLiving = venue.isLiving();
        this.counters = venue.counters();
        this.feed = venue.connect();
        inbox.onResyncNeeded(feed::resync);
    }

    @Override
    public void assigned(SortedMap<Integer, Map<String, String>> owned) {
        List<Instrument> mine = new ArrayList<>();
        for (Instrument instrument : instruments) {
            if (owned.containsKey(partitionOf.applyAsInt(instrument.name()))) {
                mine.add(instrument);
            }
        }
        inbox.own(mine, mine.size() == instruments.size(), merged(owned.values()));
        if (turns != null) {
            turns.own(owned.keySet(), mine);
        }
        feed.want(mine);
        LOG.atInfo()
                .addKeyValue("partitions", owned.keySet())
                .addKeyValue("instruments", mine)
                .log("instruments assigned");
    }

    /** The furthest position of each name: several partitions may have saved the connection's. */
    private static Map<String, String> merged(Collection<Map<String, String>> saved) {
        Map<String, String> merged = new HashMap<>();
        for (Map<String, String> positions : saved) {
            positions.forEach((name, position) -> merged.merge(
                    name, position, (one, other) -> Long.parseLong(one) < Long.parseLong(other) ? other : one));
        }
        return merged;
    }

    @Override
    public List<Received> poll(int max, long waitMs) throws InterruptedException {
        List<Received> messages = inbox.poll(max, waitMs);
        return recorded == null ? messages : stamped(messages, recorded);
    }

    private List<Received> stamped(List<Received> messages, RecordedTimes times) {
        List<Received> stamped = new ArrayList<>(messages.size());
        for (Received message : messages) {
            Received each = times.stamped(message, lastRecorded);
            lastRecorded = Math.max(lastRecorded, each.received());
            lastGiven = System.nanoTime();
            stamped.add(each);
        }
        return stamped;
    }

    @Override
    public @Nullable Time time() {
        Time time = inbox.time();
        if (recorded == null || time == null) {
            return time;
        }
        // a stack that goes on living after its recording lives at its speed
        long since = isLiving ? (System.nanoTime() - lastGiven) / 1_000 : 0;
        return lastRecorded == 0 ? null : new Time(time.venue(), lastRecorded + since, lastRecorded);
    }

    @Override
    public Turn turn(long[] sent, boolean isHandled) throws InterruptedException {
        Turns ordered = turns;
        if (ordered == null) {
            return Source.super.turn(sent, isHandled);
        }
        // each product's lines come in order, so those of this turn are among the first
        while (ordered.waiting() < MOST_WAITING) {
            List<Received> some = inbox.poll(MOST_AT_ONCE, 0);
            if (some.isEmpty()) {
                break;
            }
            ordered.add(some);
        }
        return ordered.take(sent, isHandled);
    }

    @Override
    public boolean isThrottled() {
        return isThrottled;
    }

    @Override
    public void overloaded(boolean isOverloaded) {
        inbox.overloaded(isOverloaded);
    }

    @Override
    public void onControl(FeedStatus request) {
        if (request.status() == FeedState.RESYNC) {
            feed.resync(request.instrument(), request.detail());
        }
    }

    /** What this source has counted. Any thread. */
    @Override
    public SortedMap<String, Long> counters() {
        return counters.values();
    }

    @Override
    public void close() {
        inbox.nextGeneration();
        feed.close();
        inbox.close();
    }
}
