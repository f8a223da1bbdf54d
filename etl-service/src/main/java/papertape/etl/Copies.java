package papertape.etl;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import papertape.common.stage.StateTable;
import papertape.common.value.FeedLine;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.etl.EtlTables.SequenceKey;
import papertape.etl.LineTables.Alone;
import papertape.etl.LineTables.Counts;
import papertape.etl.venue.VenueEvent;
import papertape.etl.venue.VenueEvent.Access;
import papertape.etl.venue.VenueEvent.BookChange;
import papertape.etl.venue.VenueEvent.Heartbeat;
import papertape.etl.venue.VenueEvent.Print;
import papertape.etl.venue.VenueEvent.Top;

/**
 * Counts an instrument's messages by the lines that brought them. The first copy waits for the other line's; one that has
 * waited for {@link #WINDOW} of event time, or has {@link #MAX_WAITING} younger ones behind it, was brought by its line only.
 * A copy that comes later than that is not counted.
 *
 * <p>Trades, book updates and tops of book count. Snapshots, heartbeats and notices are a connection's own, and so are polled
 * prices, which have no number to know them by.
 */
final class Copies {
    static final long WINDOW = 5_000_000;
    static final int MAX_WAITING = 2_048;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Instrument instrument;
    private final StateTable<SequenceKey, Alone> table;
    /** In the order of their coming. */
    private final Map<Long, Alone> waiting = new LinkedHashMap<>();

    private Counts counts;
    private long countedTo;

    Copies(Instrument instrument, StateTable<SequenceKey, Alone> table, Counts counts, long countedTo) {
        this.instrument = instrument;
        this.table = table;
        this.counts = counts;
        this.countedTo = countedTo;
        List<Map.Entry<SequenceKey, Alone>> saved = new ArrayList<>(table.entries()
                .subMap(
                        new SequenceKey(instrument, Long.MIN_VALUE),
                        true,
                        new SequenceKey(instrument, Long.MAX_VALUE),
                        true)
                .entrySet());
        saved.sort((one, other) ->
                Long.compare(one.getValue().ts(), other.getValue().ts()));
        saved.forEach(each -> waiting.put(each.getKey().number(), each.getValue()));
    }

    Counts counts() {
        return counts;
    }

    long countedTo() {
        return countedTo;
    }

    /**
     * A message has come.
     *
     * @param time the venue's, or where it gives none the feed's
     * @param now the instrument's event time
     * @param isOld it is known to have been here before, though perhaps so long ago that its first copy does not wait any more
     */
    void add(FeedLine line, VenueEvent event, long time, long now, boolean isOld) {
        if (isCounted(event)) {
            add(line, key(event), now, isOld || time <= countedTo);
        }
        expire(now);
    }

    private static boolean isCounted(VenueEvent event) {
        return switch (event) {
            case BookChange change -> !change.snapshot();
            case Print print -> true;
            case Top top -> top.venueSeq() > 0;
            case Heartbeat beat -> false;
            case Access access -> false;
        };
    }

    private void add(FeedLine line, long key, long now, boolean isOld) {
        Alone first = waiting.get(key);
        if (first == null) {
            if (!isOld) {
                Alone alone = new Alone(line, now);
                waiting.put(key, alone);
                table.put(new SequenceKey(instrument, key), alone);
            }
        } else if (first.line() != line) {
            waiting.remove(key);
            table.remove(new SequenceKey(instrument, key));
            counts = new Counts(counts.both() + 1, counts.onlyA(), counts.onlyB());
        }
    }

    private void expire(long now) {
        Iterator<Map.Entry<Long, Alone>> oldest = waiting.entrySet().iterator();
        int left = waiting.size();
        while (oldest.hasNext()) {
            Map.Entry<Long, Alone> each = oldest.next();
            Alone alone = each.getValue();
            if (left <= MAX_WAITING && now - alone.ts() < WINDOW) {
                return;
            }
            oldest.remove();
            left--;
            table.remove(new SequenceKey(instrument, each.getKey()));
            countedTo = Math.max(countedTo, alone.ts());
            counts = alone.line() == FeedLine.A
                    ? new Counts(counts.both(), counts.onlyA() + 1, counts.onlyB())
                    : new Counts(counts.both(), counts.onlyA(), counts.onlyB() + 1);
        }
    }

    /** The same for both lines' copies, whatever else they were wrapped in. */
    static long key(VenueEvent event) {
        return switch (event) {
            case Print print -> mix(1, print.tradeId());
            case Top top -> mix(2, top.venueSeq());
            case BookChange change when change.lastId() > 0 -> mix(3, change.lastId());
            case BookChange change -> mix(levels(levels(mix(4, change.time()), change.bids()), change.asks()), 0);
            case Heartbeat beat -> 0;
            case Access access -> 0;
        };
    }

    private static long levels(long key, List<Level> levels) {
        long mixed = mix(key, levels.size());
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            mixed = mix(
                    mixed, ((long) level.px().hashCode() << 32) ^ level.qty().hashCode());
        }
        return mixed;
    }

    private static long mix(long key, long value) {
        long mixed = (key * MIX ^ value) * MIX;
        return mixed ^ (mixed >>> 29);
    }
}
