package papertape.common.ledger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fixed conversion rates between currencies. Only what is configured converts, one way or the other; rates are never
 * chained. A configured rate is exact; its inverse is rounded once, to 10 significant digits, and is fixed from then on.
 */
public final class Rates {
    private static final MathContext INVERSE = new MathContext(10, RoundingMode.HALF_EVEN);

    private final Map<String, Map<String, BigDecimal>> byCurrency = new HashMap<>();

    /**
     * @param configured by {@code FROM/TO}: what one unit of FROM is worth in TO
     * @throws IllegalArgumentException for a key that is no pair, or a rate that is not positive
     */
    public Rates(Map<String, BigDecimal> configured) {
        configured.forEach((pair, rate) -> put(from(pair), to(pair), checked(pair, rate)));
        // second, so that a pair configured both ways keeps both its numbers
        configured.forEach((pair, rate) -> {
            if (rate(to(pair), from(pair)).isEmpty()) {
                put(to(pair), from(pair), BigDecimal.ONE.divide(rate, INVERSE));
            }
        });
    }

    /** What one unit of {@code from} is worth in {@code to}: 1 for the same currency, empty where nothing is configured. */
    public Optional<BigDecimal> rate(String from, String to) {
        return from.equals(to)
                ? Optional.of(BigDecimal.ONE)
                : Optional.ofNullable(byCurrency.getOrDefault(from, Map.of()).get(to));
    }

    private void put(String from, String to, BigDecimal rate) {
        byCurrency.computeIfAbsent(from, any -> new HashMap<>()).put(to, rate);
    }

    private static BigDecimal checked(String pair, BigDecimal rate) {
        if (rate.signum() <= 0) {
            throw new IllegalArgumentException("rates." + pair + " must be above 0, was " + rate.toPlainString());
        }
        return rate;
    }

    private static String from(String pair) {
        return pair.substring(0, slash(pair));
    }

    private static String to(String pair) {
        return pair.substring(slash(pair) + 1);
    }

    private static int slash(String pair) {
        int slash = pair.indexOf('/');
        if (slash <= 0 || slash == pair.length() - 1 || slash != pair.lastIndexOf('/')) {
            throw new IllegalArgumentException(
                    "not a currency pair: \"" + pair + "\" (accepted: FROM/TO, such as GBP/USD)");
        }
        return slash;
    }
}
