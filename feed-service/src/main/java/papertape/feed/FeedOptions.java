package papertape.feed;

import java.nio.file.Path;
import java.util.Map;

/**
 * How the feed runs; what is about the venue stands in {@code FeedSettings}.
 *
 * @param isReplay the other side plays a recording: it can be slowed down, and resumed where it stood
 * @param isLiving the recording is the feed of a stack that goes on living when it has ended: time then goes on as well
 * @param spoolFolder where a live feed puts what nobody takes
 * @param softBound messages in memory from which on a live feed conflates, and at which a throttled one waits
 * @param hardBound messages in memory from which on a live feed drops books
 * @param spoolMaxBytes most that lies on the disk
 * @param stalledMs after which a reader that does not come counts as away
 * @param resyncMs least time between two fresh snapshots of an instrument
 */
public record FeedOptions(
        boolean isReplay,
        boolean isLiving,
        Path spoolFolder,
        int softBound,
        int hardBound,
        long spoolMaxBytes,
        long stalledMs,
        long resyncMs) {
    /**
     * Reads {@code PAPERTAPE_DATA} (the folder that the spool's is in; {@code .papertape} where it is not set) and {@code
     * PAPERTAPE_FEED_REPLAY} ({@code true}: the other side plays a recording;
     * {@code living}: and the stack goes on when it has ended).
     */
    public static FeedOptions fromEnvironment(Map<String, String> environment) {
        String data = System.getProperty("PAPERTAPE_DATA", environment.getOrDefault("PAPERTAPE_DATA", ".papertape"));
        String replay = environment.getOrDefault("PAPERTAPE_FEED_REPLAY", "");
        boolean isLiving = replay.equals("living");
        boolean isReplay = isLiving || Boolean.parseBoolean(replay);
        return of(isReplay, isLiving, Path.of(data).resolve("spool"));
    }

    static FeedOptions of(boolean isReplay, Path spoolFolder) {
        return of(isReplay, false, spoolFolder);
    }

    private static FeedOptions of(boolean isReplay, boolean isLiving, Path spoolFolder) {
        return new FeedOptions(isReplay, isLiving, spoolFolder, 10_000, 50_000, 4L << 30, 1_000, 5_000);
    }
}
