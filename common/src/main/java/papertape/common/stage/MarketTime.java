package papertape.common.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Clock;

/**
 * A stage's clock: the market's event time, told by {@link Clock} messages and by nothing else. A client's timestamp never
 * moves it; {@link #flaw} says whether one is near enough to be believed. All times in microseconds since the epoch.
 */
public final class MarketTime {
    /** Clocks of several venues differ by less than this; one further behind means that the data began again. */
    private static final long RESTART = 600_000_000;

    private static final String NOW = "now";

    private final StateTable<String, Long> table;
    private final long bound;
    private long now;

    /** @param boundMs how far a client's timestamp may be from the market's time, in milliseconds */
    public MarketTime(StateStore state, long boundMs) {
        this.table = state.table("marketTime", name -> name, Long.class);
        this.bound = boundMs * 1_000;
        this.now = table.getOrDefault(NOW, 0L);
    }

    public void on(Clock clock) {
        long ts = clock.ts();
        if (ts > now || now - ts > RESTART) {
            now = ts;
            table.put(NOW, ts);
        }
    }

    /** The market's time; before the first clock, the time given. */
    public long at(long ts) {
        return now == 0 ? ts : now;
    }

    /**
     * Why a client's timestamp cannot be believed; null where it is within the bound, or no clock has come yet that it could
     * be compared with.
     */
    public @Nullable String flaw(long ts) {
        return now == 0 ? null : flaw(ts, now, bound);
    }

    /** As {@link #flaw(long)}, against a time that the caller knows. */
    public static @Nullable String flaw(long ts, long market, long bound) {
        if (ts >= market - bound && ts <= market + bound) {
            return null;
        }
        return "ts " + ts + " (" + text(ts) + ") is more than " + bound / 1_000 + " ms from the market's time "
                + text(market) + unit(ts, market, bound);
    }

    private static String unit(long ts, long market, long bound) {
        long most = Math.max(bound, Duration.ofDays(1).toNanos() / 1_000);
        if (isNear(ts / 1_000, market, most)) {
            return "; it looks like nanoseconds, microseconds are expected";
        }
        if (ts < Long.MAX_VALUE / 1_000_000 && ts > 0 && isNear(ts * 1_000, market, most)) {
            return "; it looks like milliseconds, microseconds are expected";
        }
        if (ts < Long.MAX_VALUE / 1_000_000 && ts > 0 && isNear(ts * 1_000_000, market, most)) {
            return "; it looks like seconds, microseconds are expected";
        }
        return "";
    }

    private static boolean isNear(long ts, long market, long bound) {
        return ts >= market - bound && ts <= market + bound;
    }

    private static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
