package papertape.dashboard.api;

import java.util.Map;
import java.util.function.Function;
import papertape.common.bus.Bus;
import papertape.common.bus.Keys;
import papertape.common.bus.Redis;
import papertape.common.config.Config;
import papertape.look.trade.FrontDoor;

/** A connection to Redis for one request. */
public final class Connections {
    private static final String REPLAY = "PAPERTAPE_FEED_REPLAY";

    private final Config config;
    private final boolean isDataTime;

    public Connections(Config config, Map<String, String> env) {
        this.config = config;
        this.isDataTime = config.feed().kind().equals("sim") || Boolean.parseBoolean(env.get(REPLAY));
    }

    Config config() {
        return config;
    }

    <T> T with(Function<Bus, T> work) {
        try (Redis redis = Redis.connect(config.redis(), "dashboard-request")) {
            return work.apply(new Bus(redis, Keys.of(config.bus().namespace())));
        }
    }

    <T> T atDoor(Function<FrontDoor, T> work) {
        return with(bus -> work.apply(new FrontDoor(bus, config.bus().partitions(), isDataTime)));
    }
}
