package papertape.sim;

import papertape.common.value.Side;

/**
 * A trade the venue printed.
 *
 * @param makerSide of the order that rested
 * @param micros virtual time
 */
record PrintedTrade(
        long tradeId, long sequence, Side makerSide, long makerId, long takerId, long ticks, long lots, long micros) {

    PrintedTrade withSequence(long printed) {
        return new PrintedTrade(tradeId, printed, makerSide, makerId, takerId, ticks, lots, micros);
    }
}
