package papertape.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToIntFunction;
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

    private final String venue;
    private final List<Instrument> instruments;
    private final ToIntFunction<String> partitionOf;
    private final Inbox inbox;
    private final Feed feed;
    private final boolean isThrottled;
    private final FeedCounters counters;

    /** With the stack's own partitions. */
    public VenueSource(Config config, FeedOptions options) {
        this(config, options, new Partitions(config.bus().partitions())::of);
    }

    /** @param partitionOf the partition of a key (an instrument's name; the venue's for what is about the connection) */
    public VenueSource(Config config, FeedOptions options, ToIntFunction<String> partitionOf) {
        this(new Venue(config, options), partitionOf);
    }

    VenueSource(Venue venue, ToIntFunction<String> partitionOf) {
        this.venue = venue.name();
        this.instruments = venue.instruments();
        this.partitionOf = partitionOf;
        this.inbox = venue.inbox();
        this.isThrottled = venue.isThrottled();
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
        Map<String, String> saved = new HashMap<>();
        owned.values().forEach(saved::putAll);
        inbox.own(mine, owned.containsKey(partitionOf.applyAsInt(venue)), saved);
        feed.want(mine);
        LOG.atInfo()
                .addKeyValue("partitions", owned.keySet())
                .addKeyValue("instruments", mine)
                .log("instruments assigned");
    }

    @Override
    public List<Received> poll(int max, long waitMs) throws InterruptedException {
        return inbox.poll(max, waitMs);
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
