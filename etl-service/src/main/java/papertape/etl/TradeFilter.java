package papertape.etl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.etl.EtlTables.IdRange;
import papertape.etl.EtlTables.TradeMemory;
import papertape.etl.venue.VenueEvent.Print;

/**
 * Lets each trade of an instrument pass once. Venues number an instrument's trades without holes, so it is enough to
 * remember the highest id and the holes below it: an id below that fills no hole has been here before. A hole is reported
 * when it appears; a trade that fills it later still passes.
 */
final class TradeFilter {
    /** Holes further below the highest id than this are forgotten, and what would fill them is taken for a duplicate. */
    static final int WINDOW = 1_024;

    /** @param flaw what is wrong with the trade or with those before it; absent where all is well */
    record Verdict(boolean passes, @Nullable String flaw) {
        static final Verdict PASS = new Verdict(true, null);
        static final Verdict DUPLICATE = new Verdict(false, null);
    }

    private final Instrument instrument;
    private final StateTable<Instrument, TradeMemory> table;
    private final EtlRules rules;
    private @Nullable TradeMemory memory;
    /** Whether the print at hand has come in the other stream. */
    private boolean isTold;

    TradeFilter(Instrument instrument, StateTable<Instrument, TradeMemory> table, EtlRules rules) {
        this.instrument = instrument;
        this.table = table;
        this.rules = rules;
        this.memory = table.get(instrument);
    }

    @Nullable
    Price lastPrice() {
        return memory == null ? null : memory.price();
    }

    /** Venue time of the last believed trade; 0: none yet. */
    long lastTs() {
        return memory == null ? 0 : memory.lastTs();
    }

    /** Whether these trades have told of any of those that the print of the venue's other stream tells of. */
    private boolean covers(Print print) {
        return memory != null
                && print.covered() != null
                && print.covered().first() > 0
                && print.covered().first() <= memory.covered()
                && print.time() <= memory.lastTs();
    }

    Verdict judge(Print print, TradeFilter other) {
        return judge(print, other, false);
    }

    /**
     * Judges one of a venue's two streams of trades.
     *
     * @param other the other stream: what has come there does not pass here
     * @param mayBeFilled trades that are missing before it may still come, so that this is no flaw yet
     */
    Verdict judge(Print print, TradeFilter other, boolean mayBeFilled) {
        isTold = other.covers(print);
        Verdict verdict = judge(print, mayBeFilled);
        return isTold ? new Verdict(false, verdict.flaw()) : verdict;
    }

    private Verdict judge(Print print, boolean mayBeFilled) {
        TradeMemory before = memory;
        if (before == null) {
            return judgePrice(print, null, List.of(), null);
        }
        long id = print.tradeId();
        if (id == before.lastId() + 1) {
            return judgePrice(print, before, before.missing(), null);
        }
        if (id > before.lastId()) {
            IdRange hole = new IdRange(before.lastId() + 1, id - 1);
            String flaw = mayBeFilled ? null : missing(hole.first(), hole.last());
            return judgePrice(print, before, with(before.missing(), hole, id), flaw);
        }
        if (isMissing(before.missing(), id)) {
            return judgePrice(print, before, without(before.missing(), id), null);
        }
        // The same trade has the same time wherever it comes from; a known id with a later time is another trade.
        if (print.time() > before.lastTs() && before.lastTs() > 0) {
            return judgePrice(print, null, List.of(), "trade ids began again at " + id);
        }
        return Verdict.DUPLICATE;
    }

    private Verdict judgePrice(
            Print print, @Nullable TradeMemory before, List<IdRange> missing, @Nullable String flaw) {
        Price last = before == null ? null : before.price();
        String absurd = absurdity(print, last, before == null ? null : before.suspect());
        boolean isJump =
                absurd != null && print.price().isPositive() && print.qty().isPositive();
        Price suspect = isJump ? print.price() : null;
        // a late trade is not the last one
        boolean isLast = before == null || print.time() == 0 || print.time() >= before.lastTs() || last == null;
        long lastId = before == null ? print.tradeId() : Math.max(before.lastId(), print.tradeId());
        long lastTs = before == null ? print.time() : Math.max(before.lastTs(), print.time());
        Price price = absurd == null && isLast ? print.price() : last;
        long covered = before == null ? 0 : before.covered();
        if (print.covered() != null && absurd == null && !isTold) {
            covered = Math.max(covered, print.covered().last());
        }
        memory = new TradeMemory(lastId, lastTs, missing, price, suspect, covered);
        table.put(instrument, memory);
        if (absurd == null && flaw == null) {
            return Verdict.PASS;
        }
        return new Verdict(absurd == null, flaw == null ? absurd : absurd == null ? flaw : flaw + "; " + absurd);
    }

    /** A market may really move that far: the second trade near the first refused one confirms it and passes. */
    private @Nullable String absurdity(Print print, @Nullable Price last, @Nullable Price suspect) {
        if (!print.price().isPositive()) {
            return "trade " + print.tradeId() + " has the price " + print.price();
        }
        if (!print.qty().isPositive()) {
            return "trade " + print.tradeId() + " has the quantity " + print.qty();
        }
        if (last == null || !rules.isJump(print.price(), last)) {
            return null;
        }
        if (suspect != null && !rules.isJump(print.price(), suspect)) {
            return null;
        }
        return "trade " + print.tradeId() + " jumps from " + last + " to " + print.price();
    }

    private static String missing(long first, long last) {
        return "trades " + first + ".." + last + " missing";
    }

    /** Names the first hole that begins after one id and ends before another; null where there is none. */
    @Nullable
    String missingBetween(long after, long before) {
        if (memory != null) {
            for (IdRange range : memory.missing()) {
                if (range.first() > after && range.last() < before) {
                    return missing(range.first(), range.last());
                }
            }
        }
        return null;
    }

    private static boolean isMissing(List<IdRange> missing, long id) {
        for (IdRange range : missing) {
            if (id >= range.first() && id <= range.last()) {
                return true;
            }
        }
        return false;
    }

    private static List<IdRange> with(List<IdRange> missing, IdRange hole, long newest) {
        List<IdRange> ranges = new ArrayList<>();
        long oldest = newest - WINDOW;
        for (IdRange range : missing) {
            if (range.last() >= oldest) {
                ranges.add(range);
            }
        }
        ranges.add(new IdRange(Math.max(hole.first(), oldest), hole.last()));
        return List.copyOf(ranges);
    }

    private static List<IdRange> without(List<IdRange> missing, long id) {
        List<IdRange> ranges = new ArrayList<>();
        for (IdRange range : missing) {
            if (id < range.first() || id > range.last()) {
                ranges.add(range);
                continue;
            }
            if (range.first() < id) {
                ranges.add(new IdRange(range.first(), id - 1));
            }
            if (id < range.last()) {
                ranges.add(new IdRange(id + 1, range.last()));
            }
        }
        return List.copyOf(ranges);
    }
}
