package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.FeedStatus;
import papertape.common.message.MarketData;
import papertape.common.message.Quote;
import papertape.common.message.Trade;

/**
 * Market data as orders meet it.
 *
 * @param from event time of the oldest thing it tells: an order must be older, by its latency, than that
 * @param until event time of the newest thing it tells: of the executions it leads to, and for the ends of orders
 * @param print trade or bar; absent where the display changed
 */
record Tick(long from, long until, @Nullable Print print) {
    /** Null where the message says nothing that better data has not said. */
    static @Nullable Tick of(MarketData data, MarketEntry known) {
        long ts = data.ts();
        return switch (data) {
            case Trade trade -> new Tick(ts, ts, Print.of(trade));
            case Book _ -> new Tick(ts, ts, null);
            case Quote _ -> known.bookSeen() ? null : new Tick(ts, ts, null);
            case Bar bar -> usesBars(bar, known) ? new Tick(ts, ts + micros(bar.interval()) - 1, Print.of(bar)) : null;
            case FeedStatus _ -> null;
        };
    }

    /** A bar counts when it is complete and nothing finer was ever seen: it would repeat the trades it is made of. */
    static boolean usesBars(Bar bar, MarketEntry known) {
        return bar.closed() && !known.displays() && known.lastTrade() == null;
    }

    /** Length of {@code 500ms}, {@code 1s}, {@code 5m}, {@code 1h}, {@code 1d}. */
    static long micros(String interval) {
        int end = 0;
        while (end < interval.length() && Character.isDigit(interval.charAt(end))) {
            end++;
        }
        long unit = switch (interval.substring(end)) {
            case "ms" -> 1_000L;
            case "s" -> 1_000_000L;
            case "m" -> 60_000_000L;
            case "h" -> 3_600_000_000L;
            case "d" -> 86_400_000_000L;
            default -> throw new IllegalArgumentException("not an interval: \"" + interval + "\"");
        };
        return Math.multiplyExact(Long.parseLong(interval.substring(0, end)), unit);
    }
}
