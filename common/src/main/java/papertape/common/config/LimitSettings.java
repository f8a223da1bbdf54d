package papertape.common.config;

import java.math.BigDecimal;
import java.util.List;
import papertape.common.value.Money;

/**
 * Pre-trade limits of every account that sets no other; {@code trading-rules.md} section 2 explains each. Money is in the
 * account's currency.
 *
 * @param maxRepeats the same order (instrument, side, type, quantity, prices) within one second
 * @param collarPercent distance of a limit from the mark; 0: the venue's own
 * @param quoteMaxAgeMs how old a quote a market order may be checked against
 * @param marketReservePercent what a market buy reserves beyond the ask
 * @param maxPositionPercent of equity, open orders included, an instrument
 * @param maxLeverage gross; 0: 1 for a cash account, 2 for a margin account
 * @param maxOpenOrders an account
 * @param maxOpenOrdersPerInstrument an account and instrument
 * @param maxSubmitsPerSecond on event time, as is the next
 * @param dailyLossReducingPercent of the day's first equity at which only reducing orders pass
 * @param dailyLossHaltPercent at which none pass
 * @param maxDrawdownPercent from the peak at which the account halts until resumed by hand
 * @param restricted instruments or patterns that may not be traded
 * @param longOnly whether short positions are denied in margin accounts as well
 */
public record LimitSettings(
        int maxRepeats,
        Money minNotional,
        Money maxNotional,
        BigDecimal collarPercent,
        int quoteMaxAgeMs,
        BigDecimal marketReservePercent,
        BigDecimal maxPositionPercent,
        BigDecimal maxLeverage,
        int maxOpenOrders,
        int maxOpenOrdersPerInstrument,
        int maxSubmitsPerSecond,
        int maxModifiesPerSecond,
        int maxOrdersPerDay,
        BigDecimal dailyLossReducingPercent,
        BigDecimal dailyLossHaltPercent,
        BigDecimal maxDrawdownPercent,
        List<String> restricted,
        boolean longOnly) {}
