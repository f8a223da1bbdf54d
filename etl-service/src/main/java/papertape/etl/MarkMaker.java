package papertape.etl;

import org.jspecify.annotations.Nullable;
import papertape.common.message.Channel;
import papertape.common.message.Mark;
import papertape.common.stage.Outbox;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.etl.EtlTables.LastMark;

/**
 * One instrument's marks: sent when the price has changed, not more often than the configured interval, and again while it
 * stays the same and the stream is known to be alive: a quiet market is not a dead feed.
 */
final class MarkMaker {
    /** Event time between two marks of the same price, in microseconds; well below the age at which a quote is stale. */
    static final long CONFIRM_INTERVAL = 1_000_000;

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

    /** The price as a message of the instrument has just shown it. */
    void send(Price price, String source, long ts, Outbox out) {
        LastMark before = last;
        if (before == null || !before.price().equals(price)) {
            send(new LastMark(ts, price, source, ts, ts), out);
        } else if (isToBeConfirmed(before, ts)) {
            send(new LastMark(ts, price, source, before.sinceTs(), ts), out);
        }
    }

    /** The instrument is quiet. The connection was alive at {@code confirmed}, so the last price still holds. */
    void confirm(long confirmed, long ts, Outbox out) {
        LastMark before = last;
        if (before != null && confirmed > before.confirmedTs() && isToBeConfirmed(before, ts)) {
            String source = before.source() == null ? "mid" : before.source();
            send(new LastMark(ts, before.price(), source, before.sinceTs(), confirmed), out);
        }
    }

    private static boolean isToBeConfirmed(LastMark before, long ts) {
        return ts - before.ts() >= CONFIRM_INTERVAL || ts < before.ts();
    }

    private void send(LastMark mark, Outbox out) {
        last = mark;
        table.put(instrument, mark);
        String source = mark.source() == null ? "mid" : mark.source();
        out.send(
                Channel.MARKS,
                new Mark(out.header(mark.ts()), instrument, mark.price(), source, mark.sinceTs(), mark.confirmedTs()));
    }
}
