package papertape.pnl;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.ledger.Rates;
import papertape.common.value.Instrument;

/** The currency each configured instrument is quoted in, and the fixed rates between currencies. */
final class Currencies {
    private final Map<Instrument, String> quotes = new HashMap<>();
    private final Rates rates;

    Currencies(Config config) {
        for (InstrumentSettings settings : config.instruments()) {
            quotes.put(settings.name(), settings.quote());
        }
        rates = new Rates(config.rates());
    }

    boolean knows(Instrument instrument) {
        return quotes.containsKey(instrument);
    }

    /** @throws IllegalStateException for an instrument that is not configured or whose currency has no rate */
    BigDecimal rate(Instrument instrument, String base) {
        String quote = quotes.get(instrument);
        if (quote == null) {
            throw new IllegalStateException("instrument " + instrument + " is not configured");
        }
        return rate(quote, base);
    }

    BigDecimal rate(String from, String to) {
        return rates.rate(from, to)
                .orElseThrow(() -> new IllegalStateException("rates has no entry for " + from + "/" + to));
    }
}
