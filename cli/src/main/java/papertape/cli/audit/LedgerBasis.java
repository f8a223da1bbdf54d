package papertape.cli.audit;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.ledger.Rates;
import papertape.common.value.Instrument;

/** What turns an instrument's money into an account's: quote currencies and fixed rates, as configured. */
public final class LedgerBasis {
    private final Rates rates;
    private final Map<Instrument, String> quotes = new HashMap<>();

    public LedgerBasis(Config config) {
        rates = new Rates(config.rates());
        for (InstrumentSettings settings : config.instruments()) {
            quotes.put(settings.name(), settings.quote());
        }
    }

    /** What one unit of the instrument's quote currency is worth in the account's; 1 where nothing is configured. */
    BigDecimal rate(Instrument instrument, String accountCurrency) {
        String quote = quotes.getOrDefault(instrument, accountCurrency);
        return rates.rate(quote, accountCurrency).orElse(BigDecimal.ONE);
    }
}
