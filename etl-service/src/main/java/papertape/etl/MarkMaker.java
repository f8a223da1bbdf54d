package papertape.etl;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Mark;
import papertape.common.stage.Outbox;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.etl.EtlTables.LastMark;

/** One instrument's marks: sent when the price has changed, and not more often than the configured interval. */
final class MarkMaker {
    private final Instrument instrument;
    private final StateTable<Instrument, LastMark> table;
    private final long interval;
    private @Nullable LastMark last;

    MarkMaker(Instrument instrument, StateTable<Instrument, LastMark> table, long interval) {
        this.instrument = instrument;
        this.table = table;
        this.interval = interval;
        this.last = table.get(instrument);
    }

    /** Asked before a price is worked out, which costs more than this. */
    boolean isDue(long ts) {
        return last == null || ts - last.ts() >= interval || ts < last.ts();
    }

    void send(Price price, String source, long ts, Outbox out) {
        if (last != null && last.price().equals(price)) {
            return;
        }
        last = new LastMark(ts, price);
        table.put(instrument, last);
        out.send(Channel.MARKS, new Mark(out.header(ts), instrument, price, source));
    }
}
