package papertape.common.config;

import java.util.List;

/**
 * Market data.
 *
 * @param bars intervals: a number and s, m, h or d
 * @param markIntervalMs shortest event time between two marks of an instrument
 * @param bookDepth levels a side that are kept and passed on; 0: all
 * @param maxTradeJumpPercent a trade further than this from the last one is flagged and not passed on; 0: off
 */
public record EtlSettings(List<String> bars, int markIntervalMs, int bookDepth, int maxTradeJumpPercent) {}
