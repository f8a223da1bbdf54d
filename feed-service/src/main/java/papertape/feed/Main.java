package papertape.feed;

import papertape.common.runtime.Service;

/** Starts the feed. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        FeedOptions options = FeedOptions.fromEnvironment(System.getenv());
        Service.source("feed", config -> new VenueSource(config, options)).run(args);
    }
}
