package papertape.etl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.etl.EtlTables.PendingChange;
import papertape.etl.EtlTables.SequenceKey;
import papertape.etl.venue.VenueEvent.BookChange;

/**
 * Numbered book changes that came before their snapshot. A snapshot that is fetched beside the stream is older than the
 * newest changes, so these are kept, without a hole between them and the oldest given up first, to be applied on top of it.
 */
final class PendingChanges {
    static final int MAX = 256;

    private final Instrument instrument;
    private final StateTable<SequenceKey, PendingChange> table;
    private final Deque<PendingChange> changes = new ArrayDeque<>();

    PendingChanges(Instrument instrument, StateTable<SequenceKey, PendingChange> table) {
        this.instrument = instrument;
        this.table = table;
        Map<SequenceKey, PendingChange> saved = table.entries()
                .subMap(new SequenceKey(instrument, 0), true, new SequenceKey(instrument, Long.MAX_VALUE), true);
        changes.addAll(saved.values());
    }

    void add(BookChange change) {
        PendingChange last = changes.peekLast();
        if (last != null && change.lastId() <= last.lastId()) {
            return;
        }
        if (last != null && change.firstId() > last.lastId() + 1) {
            clear();
        }
        if (changes.size() == MAX) {
            table.remove(key(changes.removeFirst()));
        }
        PendingChange added =
                new PendingChange(change.firstId(), change.lastId(), change.time(), change.bids(), change.asks());
        changes.addLast(added);
        table.put(key(added), added);
    }

    /** Whether the changes after this snapshot are all here: the next one continues it, or none is newer. */
    boolean isContinuing(long snapshotId) {
        for (PendingChange change : changes) {
            if (change.lastId() > snapshotId) {
                return change.firstId() <= snapshotId + 1;
            }
        }
        return true;
    }

    /** Takes the oldest one out; null when none is left. */
    @Nullable
    PendingChange poll() {
        PendingChange change = changes.pollFirst();
        if (change != null) {
            table.remove(key(change));
        }
        return change;
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
