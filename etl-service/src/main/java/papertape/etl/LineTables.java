package papertape.etl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.FeedLine;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.etl.EtlTables.AppliedChange;
import papertape.etl.EtlTables.PartKey;
import papertape.etl.EtlTables.PendingChange;
import papertape.etl.EtlTables.SequenceKey;

/** What the arbitration between two feed lines remembers over a restart; opened only where the feed is redundant. */
final class LineTables {
    /**
     * How far one line has come.
     *
     * @param heard event time of its last message
     * @param bookTs newest venue time of a book update
     * @param updateId newest number of a book change; 0 where there are none
     * @param tradeId highest trade id
     * @param isInterrupted whether it said that messages may be missing, and nothing since
     */
    record LineProgress(long heard, long bookTs, long updateId, long tradeId, boolean isInterrupted) {
        static final LineProgress NONE = new LineProgress(0, 0, 0, 0, false);
    }

    /**
     * Messages by who had them.
     *
     * @param both brought by both lines
     * @param onlyA not brought by line B before the window was over
     * @param onlyB the same the other way round
     */
    record Counts(long both, long onlyA, long onlyB) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    /**
     * An instrument's two lines.
     *
     * @param topSeq venue number of the newest top of book, and {@code topTs} its venue time
     * @param floor updates of this venue time and older come too late to be placed
     * @param leader the line that alone is followed until it has come to {@code leadsUntil}
     * @param leadsFrom venue time of the leader's first update since it leads; 0: none yet
     * @param held the other line's updates meanwhile
     * @param heldSince event time of the first of them
     * @param holeAfter number after which changes are missing, {@code holeSince} event time since which; 0: none are
     * @param tradesTo holes among the trades up to this id have been reported
     * @param countedTo what is not newer than this is too old to be told from what has been counted
     */
    record Lines(
            LineProgress a,
            LineProgress b,
            long topSeq,
            long topTs,
            long floor,
            @Nullable FeedLine leader,
            long leadsFrom,
            long leadsUntil,
            List<PendingChange> held,
            long heldSince,
            long holeAfter,
            long holeSince,
            long tradesTo,
            long countedTo,
            Counts counts) {
        static final Lines NONE = new Lines(
                LineProgress.NONE, LineProgress.NONE, 0, 0, 0, null, 0, 0, List.of(), 0, 0, 0, 0, 0, Counts.NONE);
    }

    /**
     * Book updates of one venue time in the order in which they happened, as far as the lines tell.
     *
     * @param a how many of them are behind line A, b: behind line B
     */
    record SameTime(List<AppliedChange> changes, int a, int b) {
        int position(FeedLine line) {
            return line == FeedLine.A ? a : b;
        }
    }

    /** A message that one line has brought. */
    record Alone(FeedLine line, long ts) {}

    /**
     * Which orders the venue takes, as one line told last.
     *
     * @param received when the feed received it
     * @param isNews the other line had not told anything that it received later
     */
    record LineAccess(FeedState state, String detail, long received, boolean isNews) {}

    final StateTable<Instrument, Lines> lines;
    final StateTable<SequenceKey, SameTime> recent;
    final StateTable<SequenceKey, Alone> alone;
    final StateTable<PartKey, LineAccess> access;

    LineTables(StateStore state) {
        lines = state.table("lines", Instrument::of, Lines.class);
        recent = state.table("recent", SequenceKey::parse, SameTime.class);
        alone = state.table("alone", SequenceKey::parse, Alone.class);
        access = state.table("access", PartKey::parse, LineAccess.class);
    }
}
