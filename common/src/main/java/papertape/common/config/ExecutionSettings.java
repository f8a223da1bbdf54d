package papertape.common.config;

import java.math.BigDecimal;

/**
 * How orders fill.
 *
 * @param insertLatencyMs an order sees only market data later than its own time plus this; likewise the next two
 * @param protectionPercent a market order trades no further than this beyond the best opposite price at its activation
 * @param restingFills queue (with queue position) or trade_through (only on trades strictly beyond the limit)
 * @param slippageBps where only trades or bars are known
 * @param maxVolumePercent of a trade or bar that one order may take, where only those are known
 */
public record ExecutionSettings(
        int insertLatencyMs,
        int replaceLatencyMs,
        int cancelLatencyMs,
        BigDecimal protectionPercent,
        String restingFills,
        BigDecimal slippageBps,
        BigDecimal maxVolumePercent) {}
