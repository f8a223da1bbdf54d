package papertape.cli.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.config.ConfigException;
import papertape.common.value.FeedLine;

/** How the workers of a redundant feed are spread over its two lines: in turn, so that each line has half of them. */
public final class Redundancy {
    /** Setting of the services, as the environment has it. */
    public static final String SETTING = "PAPERTAPE_FEED_REDUNDANT";

    private static final String LINE = "PAPERTAPE_LINE";

    private Redundancy() {}

    /** What a feed worker has to be told besides. */
    static Map<String, String> environment(int index) {
        return Map.of(LINE, lineOf(index).text());
    }

    private static FeedLine lineOf(int index) {
        return FeedLine.values()[index % FeedLine.values().length];
    }

    /** How many of all feed workers are of this line. */
    public static int workers(FeedLine line, int all) {
        int lines = FeedLine.values().length;
        return all / lines + (line.ordinal() < all % lines ? 1 : 0);
    }

    /** The workers to start with: one a line where nothing was said. */
    static Map<Stages, Integer> workers(Map<Stages, Integer> said, boolean isReplay) {
        check(said.getOrDefault(Stages.FEED, FeedLine.values().length), isReplay);
        Map<Stages, Integer> workers = new TreeMap<>(said);
        workers.putIfAbsent(Stages.FEED, FeedLine.values().length);
        return workers;
    }

    /** As the other, at the start of a stack: a recording has one line only. */
    public static void check(int feedWorkers, boolean isReplay) {
        if (isReplay) {
            throw new ConfigException(List.of("feed.redundant: a recording is one line and comes once; two lines need a"
                    + " live venue or the simulated one (--feed sim, coinbase, binance, coinbase-rest)"));
        }
        check(feedWorkers);
    }

    /** @throws ConfigException when not every line would have a worker; none at all is how a feed is stopped */
    public static void check(int feedWorkers) {
        if (feedWorkers == 1) {
            throw new ConfigException(List.of("feed=1: a redundant feed needs at least 2 feed workers, one for each of"
                    + " its lines A and B (--workers feed=2), or none"));
        }
    }
}
