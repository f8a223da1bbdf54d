package papertape.common.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value must be beyond its type, by its path ({@code bus.partitions}, {@code strategies[].tif}). */
final class Rules {
    /** So many of the largest orders can be added up that their sum is still within the bounds of a quantity. */
    private static final BigDecimal MOST = new BigDecimal("1000000000000000");

    private record Range(BigDecimal from, BigDecimal to) {}

    private record Form(Pattern pattern, String accepted) {}

    private static final Map<String, List<String>> WORDS = Map.of(
            "redis.appendfsync", List.of("everysec", "always"),
            "feed.kind", List.of("sim", "coinbase", "binance", "coinbase-rest"),
            "feed.level2Channel", List.of("level2_batch", "level2"),
            "strategies[].sizing", List.of("quantity", "notional", "equity-percent"),
            "strategies[].ordType", List.of("market", "limit"),
            "strategies[].tif", List.of("gtc", "day", "ioc", "fok"),
            "accounts[].type", List.of("cash", "margin"),
            "accounts[].costMethod", List.of("average", "fifo"),
            "execution.restingFills", List.of("queue", "trade_through"),
            "log.format", List.of("text", "json"));

    private static final Map<String, Range> RANGES = Map.ofEntries(
            range("bus.partitions", 1, 1024),
            range("bus.leaseMs", 100, 600_000),
            // half of what Redis takes as one argument (proto-max-bulk-len of the stack's own server)
            range("bus.maxFrameBytes", 4096, 8 * 1024 * 1024),
            range("bus.maxBatch", 1, 1_000_000),
            range("bus.maxLag", 1, 1_000_000_000),
            range("feed.silenceMs", 100, 3_600_000),
            range("feed.backoffMinMs", 1, 3_600_000),
            range("feed.backoffMaxMs", 1, 3_600_000),
            range("feed.pollMs", 10, 3_600_000),
            range("feed.statusPollMs", 10, 3_600_000),
            range("execution.protectionPercent", 0, 100),
            range("execution.maxVolumePercent", 0, 100),
            range("limits.marketReservePercent", 0, 100),
            range("limits.dailyLossReducingPercent", 0, 100),
            range("limits.dailyLossHaltPercent", 0, 100),
            range("limits.maxDrawdownPercent", 0, 100),
            range("pnl.annualisationDays", 1, 366),
            range("sim.ratePerSecond", 1, 1_000_000),
            range("sim.port", 0, 65_535),
            range("dashboard.port", 0, 65_535),
            // rebates are fees below zero
            range("venues[].makerBps", -10_000, 10_000),
            range("venues[].takerBps", -10_000, 10_000));

    /** Prices, steps and sizes of nothing make no sense. */
    private static final List<String> POSITIVE = List.of(
            "instruments[].tick",
            "instruments[].lot",
            "instruments[].minQty",
            "instruments[].maxQty",
            "strategies[].size",
            "rates");

    private static final Map<String, Form> FORMS = Map.ofEntries(
            form("bus.namespace", "[A-Za-z0-9_.-]*:?", "letters, digits, dots and dashes, then a colon"),
            form("etl.bars", "[1-9][0-9]{0,3}[smhd]", "a number and s, m, h or d, as in 1s, 5m, 1h"),
            form("venues[].name", "[A-Za-z0-9_.-]+", "letters, digits, dots and dashes"),
            form("venues[].sessionEndUtc", "([01][0-9]|2[0-3]):[0-5][0-9]", "HH:mm, as in 00:00"),
            form("instruments[].base", "[\\p{L}\\p{M}0-9.-]+", "a currency or symbol, as in BTC"),
            form("instruments[].quote", "[\\p{L}\\p{M}0-9.-]+", "a currency, as in USD"),
            form("accounts[].currency", "[A-Za-z0-9.-]+", "a currency, as in USD"),
            form("strategies[].instruments", "\\*|[^:]+:.+|[^:]*\\*[^:]*", "VENUE:SYMBOL, or a pattern with *"),
            form("limits.restricted", "\\*|[^:]+:.+|[^:]*\\*[^:]*", "VENUE:SYMBOL, or a pattern with *"),
            form("dashboard.hosts", "[A-Za-z0-9.-]+", "a host name, as in desk.example.org"),
            form("log.level", "error|warn|info|debug", "error, warn, info, debug"));

    private Rules() {}

    private static Map.Entry<String, Range> range(String path, long from, long to) {
        return Map.entry(path, new Range(BigDecimal.valueOf(from), BigDecimal.valueOf(to)));
    }

    private static Map.Entry<String, Form> form(String path, String pattern, String accepted) {
        return Map.entry(path, new Form(Pattern.compile(pattern), accepted));
    }

    /** What is accepted in place of this text; null when it is fine. */
    static @Nullable String accepted(String path, String text) {
        List<String> words = WORDS.get(path);
        if (words != null) {
            return words.contains(text) ? null : String.join(", ", words);
        }
        Form form = FORMS.get(path);
        return form == null || form.pattern().matcher(text).matches() ? null : form.accepted();
    }

    /** What is accepted in place of this number; null when it is fine. */
    static @Nullable String accepted(String path, BigDecimal number) {
        if (POSITIVE.contains(path)) {
            return number.signum() > 0 && number.compareTo(MOST) <= 0
                    ? null
                    : "more than 0, to " + MOST.toPlainString();
        }
        Range range = RANGES.getOrDefault(path, new Range(BigDecimal.ZERO, MOST));
        return number.compareTo(range.from()) >= 0 && number.compareTo(range.to()) <= 0
                ? null
                : range.from().toPlainString() + " to " + range.to().toPlainString();
    }
}
