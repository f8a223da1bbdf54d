package papertape.risk;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.VenueSettings;
import papertape.common.ledger.Rates;
import papertape.common.message.Mark;
import papertape.common.stage.MarketTime;
import papertape.common.stage.StateTable;
import papertape.common.value.Instrument;

/** What is known of prices: listings, last marks, currency rates. */
final class MarketView {
    /** A mark this much older than the known one is not late: the data began again from an earlier time. */
    static final long LATE_MICROS = 60_000_000;

    private static final long MICROS_PER_MS = 1_000;

    private final Map<Instrument, Listing> listings = new HashMap<>();
    private final StateTable<Instrument, KnownMark> marks;
    private final Rates rates;
    private final long staleMicros;
    private final MarketTime time;

    MarketView(Config config, StateTable<Instrument, KnownMark> marks, MarketTime time) {
        this.marks = marks;
        this.time = time;
        this.rates = new Rates(config.rates());
        int staleMs = Math.max(config.feed().silenceMs(), config.limits().quoteMaxAgeMs());
        this.staleMicros = staleMs * MICROS_PER_MS;
        for (InstrumentSettings settings : config.instruments()) {
            listings.put(settings.name(), new Listing(settings, venue(config, settings.name())));
        }
    }

    private static VenueSettings venue(Config config, Instrument instrument) {
        for (VenueSettings venue : config.venues()) {
            if (venue.name().equals(instrument.venue())) {
                return venue;
            }
        }
        throw new IllegalArgumentException("instrument " + instrument + " is of a venue that venues does not list");
    }

    /**
     * Takes a mark; ignored are a late one, older than what is known, and one of an instrument that is not listed.
     *
     * @return whether it was taken
     */
    boolean onMark(Mark mark) {
        if (!listings.containsKey(mark.instrument())) {
            return false;
        }
        KnownMark known = marks.get(mark.instrument());
        if (known != null && mark.ts() < known.ts() && known.ts() - mark.ts() <= LATE_MICROS) {
            return false;
        }
        marks.put(mark.instrument(), new KnownMark(mark.price(), mark.ts(), mark.confirmedTs()));
        return true;
    }

    MarketTime time() {
        return time;
    }

    @Nullable
    Listing listing(Instrument instrument) {
        return listings.get(instrument);
    }

    @Nullable
    KnownMark mark(Instrument instrument) {
        return marks.get(instrument);
    }

    /** What one unit of the instrument's quote currency is worth in this currency; null where no rate is configured. */
    @Nullable
    BigDecimal rate(Instrument instrument, String currency) {
        Listing listing = listings.get(instrument);
        return listing == null
                ? null
                : rates.rate(listing.settings().quote(), currency).orElse(null);
    }

    /** How old a mark may be before its instrument counts as stale: the feed's limit of silence. */
    long staleMicros() {
        return staleMicros;
    }
}
