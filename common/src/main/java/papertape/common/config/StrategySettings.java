package papertape.common.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.StrategyId;

/**
 * One strategy of the stack.
 *
 * @param name its own, unique
 * @param kind the name the strategy's class gives itself ({@code moving-average-cross})
 * @param instruments names or patterns with {@code *}
 * @param sizing how a signal becomes a position: quantity, notional or equity-percent
 * @param size units, account currency or percent of equity
 * @param ordType market or limit
 * @param tif of its orders
 * @param parameters of its own, checked by the strategy
 */
public record StrategySettings(
        StrategyId name,
        String kind,
        AccountId account,
        List<String> instruments,
        String sizing,
        BigDecimal size,
        String ordType,
        String tif,
        Map<String, String> parameters) {

    /** Whether the strategy takes this instrument. */
    public boolean covers(Instrument instrument) {
        return instruments.stream().anyMatch(pattern -> matches(pattern, instrument.name()));
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals(name)
                || (pattern.indexOf('*') >= 0
                        && name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
    }
}
