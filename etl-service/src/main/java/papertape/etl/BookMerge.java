package papertape.etl;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;
import papertape.common.value.FeedLine;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.etl.EtlTables.AppliedChange;
import papertape.etl.EtlTables.SequenceKey;
import papertape.etl.LineTables.SameTime;

/**
 * Merges the book updates of two lines where the venue does not number them (Coinbase). Each line brings the updates in the
 * order in which they happened, a lost one left out. An update is known again by its venue time and its content. One that is
 * new sets its levels, but for those that a later update has set already: so an old update of the slower line fills what the
 * quicker one has lost and never overwrites a newer level.
 *
 * <p>Updates of the same venue time are ordered by the lines themselves: what a line brings belongs behind all that it has
 * brought before, and in front of what it has not brought yet. Only where each line has lost another update of the same time
 * and the same level is nothing left to tell which was the later; the level is then right again with its next change.
 *
 * <p>It remembers what the slower line may still bring: usually a moment, at most {@link #MAX_TIMES} venue times. An update
 * that is older is dropped.
 */
final class BookMerge {
    static final int MAX_TIMES = 1_024;
    static final int MAX_SAME_TIME = 256;

    private final Instrument instrument;
    private final StateTable<SequenceKey, SameTime> table;
    private final NavigableMap<Long, SameTime> recent = new TreeMap<>();
    private long floor;

    BookMerge(Instrument instrument, StateTable<SequenceKey, SameTime> table, long floor) {
        this.instrument = instrument;
        this.table = table;
        this.floor = floor;
        table.entries()
                .subMap(new SequenceKey(instrument, 0), true, new SequenceKey(instrument, Long.MAX_VALUE), true)
                .forEach((key, same) -> recent.put(key.number(), same));
    }

    /** Updates of this venue time and older come too late. */
    long floor() {
        return floor;
    }

    /** The levels that an update has to set; null where there are none. */
    @Nullable
    AppliedChange place(FeedLine line, long time, AppliedChange update) {
        if (time == 0) {
            // without a time nothing tells old from new
            return update;
        }
        SameTime same = recent.get(time);
        if (same == null && time <= floor) {
            return null;
        }
        if (same == null) {
            boolean isNewest = recent.isEmpty() || time > recent.lastKey();
            put(time, new SameTime(List.of(update), line == FeedLine.A ? 1 : 0, line == FeedLine.B ? 1 : 0));
            return isNewest ? update : without(update, laterThan(time));
        }
        int at = same.position(line);
        int known = at + same.changes().subList(at, same.changes().size()).indexOf(update);
        if (known >= at) {
            put(time, moved(same, line, known + 1));
            return null;
        }
        List<AppliedChange> later =
                new ArrayList<>(same.changes().subList(at, same.changes().size()));
        later.addAll(laterThan(time));
        put(time, inserted(same, line, at, update));
        return without(update, later);
    }

    private static SameTime moved(SameTime same, FeedLine line, int to) {
        return line == FeedLine.A
                ? new SameTime(same.changes(), to, same.b())
                : new SameTime(same.changes(), same.a(), to);
    }

    private static SameTime inserted(SameTime same, FeedLine line, int at, AppliedChange update) {
        List<AppliedChange> changes = new ArrayList<>(same.changes());
        changes.add(at, update);
        // a line that has gone beyond this place has lost the update
        int other = same.position(line.other());
        int others = other > at ? other + 1 : other;
        int own = at + 1;
        if (changes.size() > MAX_SAME_TIME) {
            changes.removeFirst();
            own--;
            others = Math.max(0, others - 1);
        }
        return line == FeedLine.A
                ? new SameTime(List.copyOf(changes), own, others)
                : new SameTime(List.copyOf(changes), others, own);
    }

    private List<AppliedChange> laterThan(long time) {
        List<AppliedChange> later = new ArrayList<>();
        recent.tailMap(time, false).values().forEach(same -> later.addAll(same.changes()));
        return later;
    }

    private static @Nullable AppliedChange without(AppliedChange update, List<AppliedChange> later) {
        if (later.isEmpty()) {
            return update;
        }
        List<Level> bids = update.bids().stream()
                .filter(level -> later.stream().noneMatch(each -> sets(each.bids(), level)))
                .toList();
        List<Level> asks = update.asks().stream()
                .filter(level -> later.stream().noneMatch(each -> sets(each.asks(), level)))
                .toList();
        return bids.isEmpty() && asks.isEmpty() ? null : new AppliedChange(bids, asks);
    }

    private static boolean sets(List<Level> levels, Level level) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).px().equals(level.px())) {
                return true;
            }
        }
        return false;
    }

    private void put(long time, SameTime same) {
        recent.put(time, same);
        table.put(new SequenceKey(instrument, time), same);
        while (recent.size() > MAX_TIMES) {
            forgetFirst();
        }
    }

    /** No line will bring anything older than this any more. */
    void forgetBefore(long time) {
        while (!recent.isEmpty() && recent.firstKey() < time) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        long time = recent.pollFirstEntry().getKey();
        floor = Math.max(floor, time);
        table.remove(new SequenceKey(instrument, time));
    }

    /** The book is now that of a snapshot: updates before it are part of it, those of its own time may be. */
    void begin(long snapshotTime) {
        forgetBefore(Long.MAX_VALUE);
        floor = Math.max(0, snapshotTime - 1);
    }
}
