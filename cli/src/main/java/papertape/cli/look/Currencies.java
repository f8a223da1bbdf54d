package papertape.cli.look;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Config;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.risk.AccountView;

/** Which currency an amount is in: an instrument's quote currency, or an account's own. Empty where it is not known. */
public final class Currencies {
    private final Map<Instrument, String> quotes = new HashMap<>();
    private final Map<AccountId, String> accounts = new HashMap<>();

    private Currencies(Config config) {
        config.instruments().forEach(each -> quotes.put(each.name(), each.quote()));
        config.accounts().forEach(each -> accounts.put(each.name(), each.currency()));
    }

    /** As the configuration has them: accounts that were opened by hand are not in it. */
    public static Currencies of(Config config) {
        return new Currencies(config);
    }

    public static Currencies of(Config config, List<AccountView> open) {
        Currencies all = new Currencies(config);
        open.forEach(view -> all.accounts.put(view.account(), view.currency()));
        return all;
    }

    /** @param instrument absent: the account's total */
    public String of(AccountId account, @Nullable Instrument instrument) {
        return instrument == null ? accounts.getOrDefault(account, "") : of(instrument);
    }

    public String of(Instrument instrument) {
        return quotes.getOrDefault(instrument, "");
    }
}
