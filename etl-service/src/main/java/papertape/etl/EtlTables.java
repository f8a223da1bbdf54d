package papertape.etl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;
import papertape.common.value.FeedState;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/** Everything this service remembers over a restart. Each record is one entry; a message touches few of them. */
final class EtlTables {
    /** What is known of an instrument's book. */
    enum BookState {
        /** No snapshot has ever come. */
        UNKNOWN,
        LIVE,
        /** Found to be wrong. */
        BROKEN,
        /** The feed said that messages may be missing. */
        AWAITED
    }

    /**
     * How far an instrument's stream has come.
     *
     * @param ts event time of the last message
     * @param venueTs newest time that the venue itself gave; 0: none yet
     * @param behind how far that time was behind its receive time, in microseconds; absent: not known
     * @param bookTs newest venue time of a book update that was applied
     * @param wholeTs what is older is part of the snapshot that the book came from
     * @param newest the changes of that time that were applied
     * @param updateId the venue's number of the last book change; 0 where it has none
     * @param said what the feed said last, until fresh data disproves it
     * @param access which orders the venue takes: live for all
     * @param published status that was sent last; absent before the first
     * @param crossedSince event time since which the book is crossed; 0: it is not
     * @param hasBadTop whether the venue's last top of book was impossible
     * @param requestedTs event time of the last request for a snapshot; 0: none
     */
    record Progress(
            long ts,
            long venueTs,
            @Nullable Long behind,
            long bookTs,
            long wholeTs,
            List<AppliedChange> newest,
            long updateId,
            BookState book,
            FeedState said,
            FeedState access,
            @Nullable FeedState published,
            long crossedSince,
            boolean hasBadTop,
            long requestedTs) {
        EventClock clock() {
            return new EventClock(ts, venueTs, behind == null ? 0 : behind);
        }
    }

    /** A book change without a number, as it came. */
    record AppliedChange(List<Level> bids, List<Level> asks) {}

    /** Top of book as last published. */
    record TopOfBook(
            @Nullable Price bidPx,
            @Nullable Qty bidQty,
            @Nullable Price askPx,
            @Nullable Qty askQty,
            long venueSeq) {
        static TopOfBook of(@Nullable Level bid, @Nullable Level ask, long venueSeq) {
            return new TopOfBook(
                    bid == null ? null : bid.px(),
                    bid == null ? null : bid.qty(),
                    ask == null ? null : ask.px(),
                    ask == null ? null : ask.qty(),
                    venueSeq);
        }
    }

    /**
     * Trades as last seen.
     *
     * @param lastId highest trade id
     * @param lastTs newest venue time of a trade
     * @param missing ids below {@code lastId} that have not come, in order
     * @param price last believed price
     * @param suspect a price that was refused as a jump and waits for a second trade to confirm it
     * @param covered the newest single trade that these told of, where the venue prints them in two streams
     */
    record TradeMemory(
            long lastId,
            long lastTs,
            List<IdRange> missing,
            @Nullable Price price,
            @Nullable Price suspect,
            long covered) {}

    /** Trade ids from {@code first} to {@code last}, both included. */
    record IdRange(long first, long last) {}

    /**
     * @param ts event time at which it was sent
     * @param since event time since which the price is what it is; absent in state of an older version, as is what follows
     * @param confirmed event time at which the stream was last known to be alive
     */
    record LastMark(
            long ts,
            Price price,
            @Nullable String source,
            @Nullable Long since,
            @Nullable Long confirmed) {
        long sinceTs() {
            return since == null ? ts : since;
        }

        long confirmedTs() {
            return confirmed == null ? ts : confirmed;
        }
    }

    /** A bar that still runs; {@code notional} is the sum of price times quantity. */
    record OpenBar(
            long start, BarEnd open, BarEnd close, Price high, Price low, Qty volume, Money notional, long trades) {}

    /** A bar's first or last trade: by its time, and at the same time by its id. */
    record BarEnd(long ts, long tradeId, Price price) {
        boolean isBefore(BarEnd other) {
            return ts != other.ts ? ts < other.ts : tradeId < other.tradeId;
        }
    }

    /** A book change that waits for a snapshot to be applied to. */
    record PendingChange(long firstId, long lastId, long time, List<Level> bids, List<Level> asks) {}

    /** An instrument and a name within it; as text {@code VENUE:SYMBOL|name}. */
    record PartKey(Instrument instrument, String part) implements Comparable<PartKey> {
        static PartKey parse(String text) {
            int bar = text.lastIndexOf('|');
            return new PartKey(Instrument.of(text.substring(0, bar)), text.substring(bar + 1));
        }

        @Override
        public int compareTo(PartKey other) {
            int order = instrument.compareTo(other.instrument);
            return order != 0 ? order : part.compareTo(other.part);
        }

        @Override
        public String toString() {
            return instrument.name() + "|" + part;
        }
    }

    /** A place in an instrument's sequence; as text {@code VENUE:SYMBOL|number}. */
    record SequenceKey(Instrument instrument, long number) implements Comparable<SequenceKey> {
        static SequenceKey parse(String text) {
            int bar = text.lastIndexOf('|');
            return new SequenceKey(
                    Instrument.of(text.substring(0, bar)), Long.parseLong(text, bar + 1, text.length(), 10));
        }

        @Override
        public int compareTo(SequenceKey other) {
            int order = instrument.compareTo(other.instrument);
            return order != 0 ? order : Long.compare(number, other.number);
        }

        @Override
        public String toString() {
            return instrument.name() + "|" + number;
        }
    }

    final StateTable<Instrument, Progress> progress;
    final StateTable<Instrument, TopOfBook> tops;
    final StateTable<Instrument, TradeMemory> trades;
    /** Of trades that come one by one, beside those of {@link #trades}. */
    final StateTable<Instrument, TradeMemory> singles;

    final StateTable<Instrument, LastMark> marks;
    /** Trades that came after a bar of their time had been sent. */
    final StateTable<PartKey, Long> late;

    final StateTable<PartKey, OpenBar> bars;
    final StateTable<SequenceKey, PendingChange> pending;
    final StateTable<LevelKey, Qty> levels;
    /** The last clock that was sent, by venue. */
    final StateTable<String, Long> clocks;

    private final Map<String, Instrument> instruments = new HashMap<>();

    EtlTables(StateStore state) {
        progress = state.table("progress", Instrument::of, Progress.class);
        tops = state.table("tops", Instrument::of, TopOfBook.class);
        trades = state.table("trades", Instrument::of, TradeMemory.class);
        singles = state.table("singles", Instrument::of, TradeMemory.class);
        marks = state.table("marks", Instrument::of, LastMark.class);
        late = state.table("late", PartKey::parse, Long.class);
        bars = state.table("bars", PartKey::parse, OpenBar.class);
        pending = state.table("pending", SequenceKey::parse, PendingChange.class);
        levels = state.table("levels", this::levelKey, Qty.class);
        clocks = state.table("clocks", venue -> venue, Long.class);
    }

    /** One object for all equal instruments, so that keys compare without looking at their names. */
    Instrument same(Instrument instrument) {
        return instruments.computeIfAbsent(instrument.name(), any -> instrument);
    }

    /** Reads {@code VENUE:SYMBOL|buy|price}. */
    private LevelKey levelKey(String text) {
        int second = text.lastIndexOf('|');
        int first = text.lastIndexOf('|', second - 1);
        Instrument instrument = instruments.computeIfAbsent(text.substring(0, first), Instrument::of);
        Side side = text.startsWith("buy", first + 1) ? Side.BUY : Side.SELL;
        return new LevelKey(instrument, side, Price.of(text.substring(second + 1)));
    }
}
