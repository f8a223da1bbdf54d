package papertape.feed;

import papertape.common.runtime.Service;

/** The feed's process: the venue's messages onto the bus, untouched. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Service.source(
                        "feed",
                        config -> new VenueSource(
                                config,
                                FeedOptions.fromEnvironment(System.getenv()),
                                Turns.fromEnvironment(System.getenv())))
                .run(args);
    }
}
