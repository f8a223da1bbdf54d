package papertape.feed;

import java.nio.file.Path;
import papertape.common.bus.Partitions;
import papertape.common.config.Config;

/** How much a replay in turns has to give out. */
public final class ReplayLength {
    private ReplayLength() {}

    /**
     * Messages and clocks that all partitions of the feed together send until the recording is over.
     *
     * @param times the file that {@code PAPERTAPE_FEED_TIMES} names
     * @param venue the venue's name in instruments
     */
    public static long messages(Path times, String venue, Config config) {
        Partitions partitions = new Partitions(config.bus().partitions());
        Schedule schedule = new Schedule(
                RecordedTimes.read(times),
                product -> partitions.of(venue + ":" + product),
                partitions.count(),
                Schedule.length(config.execution()));
        while (schedule.advance()) {
            // to the end
        }
        return schedule.sent();
    }
}
