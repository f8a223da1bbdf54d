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
import papertape.etl.EtlTables.OpenBar;
import papertape.etl.EtlTables.PartKey;

/**
 * One instrument's bars. Intervals are aligned to the epoch in UTC. A bar is sent once, closed, with the first message of
 * the instrument whose event time has reached the interval's end; an interval without trades has no bar.
 */
final class BarMaker {
    private final Instrument instrument;
    private final StateTable<PartKey, OpenBar> table;
    private final List<Interval> intervals;
    private final PartKey[] keys;
    private final @Nullable OpenBar[] open;
    /** When the first of the open bars ends. */
    private long nextEnd;

    BarMaker(Instrument instrument, StateTable<PartKey, OpenBar> table, List<Interval> intervals) {
        this.instrument = instrument;
        this.table = table;
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

    private void send(OpenBar bar, Interval interval, Outbox out) {
        out.send(
                Channel.TICKS,
                new Bar(
                        out.header(bar.start()),
                        instrument,
                        interval.name(),
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.notional().averageOver(bar.volume()),
                        bar.trades(),
                        true));
    }

    void onTrade(Price price, Qty qty, long ts) {
        for (int i = 0; i < open.length; i++) {
            OpenBar bar = open[i];
            OpenBar after = bar == null ? begin(price, qty, ts, intervals.get(i).length()) : with(bar, price, qty);
            open[i] = after;
            table.put(keys[i], after);
            nextEnd = Math.min(nextEnd, after.start() + intervals.get(i).length());
        }
    }

    private static OpenBar begin(Price price, Qty qty, long ts, long length) {
        long start = Math.floorDiv(ts, length) * length;
        return new OpenBar(start, price, price, price, price, qty, price.times(qty), 1);
    }

    private static OpenBar with(OpenBar bar, Price price, Qty qty) {
        Money notional = bar.notional().plus(price.times(qty));
        return new OpenBar(
                bar.start(),
                bar.open(),
                price.isAbove(bar.high()) ? price : bar.high(),
                price.isBelow(bar.low()) ? price : bar.low(),
                price,
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
