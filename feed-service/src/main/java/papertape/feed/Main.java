package papertape.feed;

import papertape.common.runtime.Service;

<<<<<<< HEAD
/** The feed's process: the venue's messages onto the bus, untouched. */
=======
/** Starts the feed. */
>>>>>>> feed
public final class Main {
    private Main() {}

    public static void main(String[] args) {
<<<<<<< HEAD
        Service.source("feed", config -> new VenueSource(config, FeedOptions.fromEnvironment(System.getenv())))
                .run(args);
=======
        FeedOptions options = FeedOptions.fromEnvironment(System.getenv());
        Service.source("feed", config -> new VenueSource(config, options)).run(args);
>>>>>>> feed
    }
}
