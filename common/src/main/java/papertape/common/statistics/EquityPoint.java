package papertape.common.statistics;

import papertape.common.value.Money;

/**
 * An account's equity at a moment.
 *
 * @param ts event time in microseconds since the epoch, UTC
 * @param equity in the account's currency
 * @param flow deposits less withdrawals since the point before; already part of {@code equity}
 */
public record EquityPoint(long ts, Money equity, Money flow) {}
