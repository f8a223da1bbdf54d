package papertape.cli.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a stack is started with.
 *
 * @param feed sim, coinbase, binance, coinbase-rest, or replay
 * @param venueUrl of a replay's server; empty: the venue's own, or the simulator that the stack starts
 * @param replayVenue coinbase or binance, for a replay
 * @param redisUrl empty: an embedded server
 * @param databaseUrl empty: an embedded server; otherwise {@code http://host:port}
 * @param configFiles over the shipped configuration
 * @param environment further settings for every service
 * @param isPrivate on any free ports instead of the usual ones
 */
public record StackOptions(
        String feed,
        String venueUrl,
        String replayVenue,
        Map<Stages, Integer> workers,
        String redisUrl,
        String databaseUrl,
        List<Path> configFiles,
        Map<String, String> environment,
        boolean isPrivate) {
    /** Among the {@code environment}: {@code true} for a stack with a dashboard. */
    public static final String WITH_DASHBOARD = "PAPERTAPE_WITH_DASHBOARD";

    public static final List<String> FEEDS = List.of("sim", "coinbase", "binance", "coinbase-rest");

    boolean hasDashboard() {
        return Boolean.parseBoolean(environment.get(WITH_DASHBOARD));
    }
}
