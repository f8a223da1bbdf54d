package papertape.etl;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.etl.EtlTables.PendingChange;
import papertape.etl.EtlTables.SequenceKey;
import papertape.etl.venue.VenueEvent.BookChange;

/**
 * Numbered book changes that came before what they follow. A snapshot that is fetched beside the stream is older than the
 * newest changes, so these are kept, the oldest given up first, to be applied on top of it. From one line there is no hole
 * between them: what was before a hole is given up. Of two lines the one may fill the other's holes, so they are kept.
 */
final class PendingChanges {
    static final int MAX = 256;

    private final Instrument instrument;
    private final StateTable<SequenceKey, PendingChange> table;
    private final boolean keepsHoles;
    /** By the number of the last change in it. */
    private final NavigableMap<Long, PendingChange> changes = new TreeMap<>();

    PendingChanges(Instrument instrument, StateTable<SequenceKey, PendingChange> table, boolean keepsHoles) {
        this.instrument = instrument;
        this.table = table;
        this.keepsHoles = keepsHoles;
        table.entries()
                .subMap(new SequenceKey(instrument, 0), true, new SequenceKey(instrument, Long.MAX_VALUE), true)
                .forEach((key, change) -> changes.put(key.number(), change));
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The first number of the oldest, or this one where nothing waits. */
    long firstId(long otherwise) {
        Map.Entry<Long, PendingChange> first = changes.firstEntry();
        return first == null ? otherwise : first.getValue().firstId();
    }

    void add(BookChange change) {
        if (keepsHoles ? changes.containsKey(change.lastId()) : !isNext(change)) {
            return;
        }
        PendingChange added =
                new PendingChange(change.firstId(), change.lastId(), change.time(), change.bids(), change.asks());
        changes.put(added.lastId(), added);
        table.put(key(added), added);
        if (changes.size() > MAX) {
            poll();
        }
    }

    /** Whether it comes after all that wait; gives them up where there is a hole between. */
    private boolean isNext(BookChange change) {
        Map.Entry<Long, PendingChange> last = changes.lastEntry();
        if (last != null && change.lastId() <= last.getKey()) {
            return false;
        }
        if (last != null && change.firstId() > last.getKey() + 1) {
            clear();
        }
        return true;
    }

    /** Whether the changes after this snapshot are all here: the next one continues it, or none is newer. */
    boolean isContinuing(long snapshotId) {
        Map.Entry<Long, PendingChange> next = changes.higherEntry(snapshotId);
        return next == null || next.getValue().firstId() <= snapshotId + 1;
    }

    /** Takes the oldest one out; null when none is left. */
    @Nullable
    PendingChange poll() {
        Map.Entry<Long, PendingChange> first = changes.pollFirstEntry();
        if (first == null) {
            return null;
        }
        table.remove(key(first.getValue()));
        return first.getValue();
    }

    /** Takes the oldest one out if it goes on from here or is older; null otherwise. */
    @Nullable
    PendingChange pollAfter(long updateId) {
        Map.Entry<Long, PendingChange> first = changes.firstEntry();
        return first == null || first.getValue().firstId() > updateId + 1 ? null : poll();
    }

    void clear() {
        while (poll() != null) {
            continue;
        }
    }

    private SequenceKey key(PendingChange change) {
        return new SequenceKey(instrument, change.lastId());
    }
}
