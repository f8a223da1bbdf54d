package papertape.dashboard.api;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.config.Config;
import papertape.common.text.Cause;
import papertape.common.value.Instrument;
import papertape.dashboard.model.Market;
import papertape.dashboard.model.Model;
import papertape.dashboard.web.Answer;
import papertape.dashboard.web.Request;
import papertape.look.StoredBars;

/** Candles of any length: from the database, and from the channel where the database has none yet. */
public final class CandlesApi {
    private static final int MAX = 1_000;
    private static final int USUAL = 500;
    private static final long SECOND = 1_000_000;

    record Candle(long ts, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {
        Candle with(Candle later) {
            return new Candle(
                    ts, open, high.max(later.high), low.min(later.low), later.close, volume.add(later.volume));
        }
    }

    /**
     * Candles, the oldest first.
     *
     * @param base the bars of the channel that the live candle is made of
     * @param problem why the database has given none; empty where it has
     */
    record Candles(String base, List<Candle> candles, String problem) {}

    private final Config config;
    private final Model model;

    public CandlesApi(Config config, Model model) {
        this.config = config;
        this.model = model;
    }

    public Answer candles(Request request) {
        Instrument instrument = Instrument.of(request.need("instrument"));
        String length = request.need("length");
        int most = request.number("limit", USUAL, MAX);
        long micros = micros(length);
        String base = base(micros);
        TreeMap<Long, Candle> found = new TreeMap<>();
        String problem = "";
        try {
            if (config.database().pgUrl().isEmpty()) {
                throw new SQLException("none is configured (database.pgUrl)");
            }
            for (StoredBars.StoredBar bar : StoredBars.latest(config.database(), instrument, base, length, most)) {
                found.put(bar.ts(), new Candle(bar.ts(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()));
            }
        } catch (SQLException e) {
            problem = "the database: " + Cause.of(e);
        }
        addLive(found, model.bars(instrument, base), micros);
        List<Candle> candles = List.copyOf(found.values());
        return Answer.of(new Candles(
                base, candles.subList(Math.max(0, candles.size() - most), candles.size()), problem));
    }

    /** Where the channel's bars cover a candle wholly they are newer; the first may begin within one. */
    private static void addLive(TreeMap<Long, Candle> found, List<Market.BarRow> live, long micros) {
        Map<Long, Candle> made = new TreeMap<>();
        for (Market.BarRow bar : live) {
            long start = Math.floorDiv(bar.ts(), micros) * micros;
            Candle candle = new Candle(
                    start,
                    bar.open().value(),
                    bar.high().value(),
                    bar.low().value(),
                    bar.close().value(),
                    bar.volume().value());
            made.merge(start, candle, Candle::with);
        }
        long first = live.isEmpty() ? 0 : live.getFirst().ts();
        made.forEach((start, candle) -> {
            if (start >= first || !found.containsKey(start)) {
                found.put(start, candle);
            }
        });
    }

    /** The longest of the channel's bars of which whole numbers make the length. */
    private String base(long micros) {
        String best = "";
        for (String each : config.etl().bars()) {
            long size = micros(each);
            if (micros % size == 0 && (best.isEmpty() || size > micros(best))) {
                best = each;
            }
        }
        if (best.isEmpty()) {
            throw new IllegalArgumentException("no bars to make candles of (setting etl.bars: "
                    + String.join(", ", config.etl().bars()) + ")");
        }
        return best;
    }

    private static long micros(String length) {
        if (!length.matches("[1-9][0-9]{0,3}[smhd]")) {
            throw new IllegalArgumentException(
                    "length is " + length + " (accepted: a number and s, m, h or d, as in 5m)");
        }
        long number = Long.parseLong(length.substring(0, length.length() - 1));
        return number
                * SECOND
                * switch (length.charAt(length.length() - 1)) {
                    case 's' -> 1;
                    case 'm' -> 60;
                    case 'h' -> 3_600;
                    default -> 86_400;
                };
    }
}
