package papertape.etl;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Bar;
import papertape.common.message.Channel;
import papertape.common.stage.Outbox;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.etl.EtlRules.Interval;
import papertape.etl.EtlTables.BarEnd;
import papertape.etl.EtlTables.OpenBar;
import papertape.etl.EtlTables.PartKey;
import papertape.etl.venue.VenueEvent.Print;

/**
 * One instrument's bars. Intervals are aligned to the epoch in UTC. A bar is sent once, closed, with the first message of
 * the instrument whose event time has reached the interval's end; an interval without trades has no bar. A trade counts in
 * the bar of its own time. One that comes after that bar's end counts in none: a bar that was sent is not changed.
 */
final class BarMaker {
    private final Instrument instrument;
    private final StateTable<PartKey, OpenBar> table;
    private final StateTable<PartKey, Long> late;
    private final List<Interval> intervals;
    private final PartKey[] keys;
    private final @Nullable OpenBar[] open;
    /** When the first of the open bars ends. */
    private long nextEnd;

    BarMaker(Instrument instrument, EtlTables tables, List<Interval> intervals) {
        this.instrument = instrument;
        this.table = tables.bars;
        this.late = tables.late;
        this.intervals = intervals;
        this.keys = new PartKey[intervals.size()];
        this.open = new @Nullable OpenBar[intervals.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new PartKey(instrument, intervals.get(i).name());
            open[i] = table.get(keys[i]);
        }
        this.nextEnd = findNextEnd();
    }

    /** Event time has come so far: sends the bars that have ended. */
    void onTime(long ts, Outbox out) {
        if (ts < nextEnd) {
            return;
        }
        for (int i = 0; i < open.length; i++) {
            OpenBar bar = open[i];
            if (bar != null && ts >= bar.start() + intervals.get(i).length()) {
                send(bar, intervals.get(i), out);
                open[i] = null;
                table.remove(keys[i]);
            }
        }
        nextEnd = findNextEnd();
    }

    /** Event time was set back ({@link EventClock}): nothing will come any more for the bars of the later time. */
    void onSetBack(Outbox out) {
        for (int i = 0; i < open.length; i++) {
            OpenBar bar = open[i];
            if (bar != null) {
                send(bar, intervals.get(i), out);
                open[i] = null;
                table.remove(keys[i]);
            }
        }
        nextEnd = Long.MAX_VALUE;
    }

    private void send(OpenBar bar, Interval interval, Outbox out) {
        out.send(
                Channel.TICKS,
                new Bar(
                        out.header(bar.start()),
                        instrument,
                        interval.name(),
                        bar.open().price(),
                        bar.high(),
                        bar.low(),
                        bar.close().price(),
                        bar.volume(),
                        bar.notional().averageOver(bar.volume()),
                        bar.trades(),
                        true));
    }

    /** @param now how far event time has come; the trade's own is not later */
    void onTrade(Print print, long ts, long now) {
        BarEnd trade = new BarEnd(ts, print.tradeId(), print.price());
        for (int i = 0; i < open.length; i++) {
            long length = intervals.get(i).length();
            long start = Math.floorDiv(ts, length) * length;
            if (start + length <= now) {
                late.put(keys[i], late.getOrDefault(keys[i], 0L) + 1);
                continue;
            }
            OpenBar bar = open[i];
            OpenBar after = bar == null ? begin(trade, print.qty(), start) : with(bar, trade, print.qty());
            open[i] = after;
            table.put(keys[i], after);
            nextEnd = Math.min(nextEnd, after.start() + length);
        }
    }

    private static OpenBar begin(BarEnd trade, Qty qty, long start) {
        Price price = trade.price();
        return new OpenBar(start, trade, trade, price, price, qty, price.times(qty), 1);
    }

    private static OpenBar with(OpenBar bar, BarEnd trade, Qty qty) {
        Price price = trade.price();
        Money notional = bar.notional().plus(price.times(qty));
        return new OpenBar(
                bar.start(),
                trade.isBefore(bar.open()) ? trade : bar.open(),
                trade.isBefore(bar.close()) ? bar.close() : trade,
                price.isAbove(bar.high()) ? price : bar.high(),
                price.isBelow(bar.low()) ? price : bar.low(),
                bar.volume().plus(qty),
                notional,
                bar.trades() + 1);
    }

    private long findNextEnd() {
        long end = Long.MAX_VALUE;
        for (int i = 0; i < open.length; i++) {
            OpenBar bar = open[i];
            if (bar != null) {
                end = Math.min(end, bar.start() + intervals.get(i).length());
            }
        }
        return end;
    }

    @Override
    public String toString() {
        return instrument + " " + Arrays.toString(open);
    }
}
