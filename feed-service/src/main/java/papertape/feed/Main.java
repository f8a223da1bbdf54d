package papertape.feed;

import papertape.common.runtime.Service;
import papertape.common.value.FeedLine;

/** The feed's process: the venue's messages onto the bus, untouched. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        FeedLine line = LineSetting.of(System.getenv());
        Service.source(line.stage(), config -> {
                    LineSetting.check(System.getenv(), config);
                    return new VenueSource(
                            config,
                            FeedOptions.fromEnvironment(System.getenv()),
                            RecordedTimes.fromEnvironment(System.getenv()));
                })
                .run(args);
    }
}
