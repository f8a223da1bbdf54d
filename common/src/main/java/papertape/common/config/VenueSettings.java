package papertape.common.config;

import java.math.BigDecimal;

/**
 * A venue's rules.
 *
 * @param name as in instruments, {@code COINBASE}
 * @param makerBps fee of a resting order's fill, basis points of notional
 * @param takerBps fee of a fill that takes liquidity
 * @param feePerShare fee a unit instead of basis points; 0: basis points
 * @param feeMinimum least fee an order where {@code feePerShare} is set
 * @param feeMaximumPercent most, in percent of notional, where {@code feePerShare} is set
 * @param sessionEndUtc time of day ({@code HH:mm}) at which DAY orders end
 * @param collarPercent a limit further from the mark than this is denied
 */
public record VenueSettings(
        String name,
        BigDecimal makerBps,
        BigDecimal takerBps,
        BigDecimal feePerShare,
        BigDecimal feeMinimum,
        BigDecimal feeMaximumPercent,
        String sessionEndUtc,
        BigDecimal collarPercent) {}
