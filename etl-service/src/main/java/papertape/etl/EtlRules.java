package papertape.etl;

import java.math.BigDecimal;
import java.util.List;
import papertape.common.config.EtlSettings;
import papertape.common.value.Price;

/** The settings as the code wants them; times in microseconds. */
record EtlRules(List<Interval> intervals, long markInterval, int depth, BigDecimal maxJump) {
    /** A crossed book is left to right itself for so long; then it is thrown away and asked for anew. */
    static final long CROSSED_LIMIT = 1_000_000;
    /** Time between two requests for the same snapshot. */
    static final long REQUEST_INTERVAL = 5_000_000;

    /** A bar's length, and how the configuration spells it. */
    record Interval(String name, long length) {
        static Interval parse(String name) {
            long unit = name.isEmpty() ? 0 : unit(name.charAt(name.length() - 1));
            String number = name.isEmpty() ? "" : name.substring(0, name.length() - 1);
            if (unit == 0
                    || number.isEmpty()
                    || number.length() > 6
                    || !number.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(number) == 0) {
                throw new IllegalArgumentException("etl.bars: \"" + name + "\" (accepted: a number and s, m, h or d)");
            }
            return new Interval(name, Integer.parseInt(number) * unit);
        }

        private static long unit(char c) {
            return switch (c) {
                case 's' -> 1_000_000L;
                case 'm' -> 60_000_000L;
                case 'h' -> 3_600_000_000L;
                case 'd' -> 86_400_000_000L;
                default -> 0;
            };
        }
    }

    static EtlRules of(EtlSettings settings) {
        return new EtlRules(
                settings.bars().stream().map(Interval::parse).toList(),
                settings.markIntervalMs() * 1_000L,
                settings.bookDepth(),
                BigDecimal.valueOf(settings.maxTradeJumpPercent(), 2));
    }

    /** Whether a price is further from the reference than a trade may jump. */
    boolean isJump(Price price, Price reference) {
        return maxJump.signum() > 0
                && price.minus(reference)
                                .value()
                                .abs()
                                .compareTo(reference.scaledBy(maxJump).value().abs())
                        > 0;
    }
}
