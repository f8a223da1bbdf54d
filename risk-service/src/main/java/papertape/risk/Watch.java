package papertape.risk;

import papertape.common.value.Money;

/**
 * What losses are measured from.
 *
 * @param day in days since the epoch, UTC, of event time
 * @param dayEquity equity at the day's first event, moved by later deposits and withdrawals
 * @param peakEquity highest equity since the opening or the last resume by hand, moved likewise
 */
record Watch(long day, Money dayEquity, Money peakEquity) {
    Watch onDay(long newDay, Money equity) {
        return new Watch(newDay, equity, peakEquity);
    }

    Watch withPeak(Money peak) {
        return new Watch(day, dayEquity, peak);
    }

    Watch moved(Money amount) {
        return new Watch(day, dayEquity.plus(amount), peakEquity.plus(amount));
    }
}
