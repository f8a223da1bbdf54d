package papertape.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.config.AccountSettings;
import papertape.common.config.BusSettings;
import papertape.common.config.Config;
import papertape.common.config.DashboardSettings;
import papertape.common.config.DatabaseSettings;
import papertape.common.config.EtlSettings;
import papertape.common.config.ExecutionSettings;
import papertape.common.config.FeedSettings;
import papertape.common.config.InstrumentSettings;
import papertape.common.config.LimitSettings;
import papertape.common.config.LogSettings;
import papertape.common.config.PersistenceSettings;
import papertape.common.config.PnlSettings;
import papertape.common.config.RedisSettings;
import papertape.common.config.Secret;
import papertape.common.config.SimSettings;
import papertape.common.config.VenueSettings;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.Money;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** A configuration for tests: the limits of the rule book, three instruments, and the accounts a test adds. */
final class Settings {
    static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");
    static final Instrument ETH = Instrument.of("COINBASE:ETH-USD");
    static final Instrument LLOY = Instrument.of("LSE:LLOY");

    private final List<AccountSettings> accounts = new ArrayList<>();
    private final Map<String, BigDecimal> rates = new TreeMap<>();

    Settings account(String name, String type, String deposit, String... limits) {
        Map<String, String> own = new TreeMap<>();
        for (int i = 0; i < limits.length; i += 2) {
            own.put(limits[i], limits[i + 1]);
        }
        accounts.add(new AccountSettings(AccountId.of(name), "USD", type, Money.of(deposit), "average", own));
        return this;
    }

    Settings rate(String pair, String rate) {
        rates.put(pair, new BigDecimal(rate));
        return this;
    }

    static LimitSettings limits() {
        return new LimitSettings(
                3,
                Money.of("1"),
                Money.of("25000"),
                BigDecimal.ZERO,
                5_000,
                new BigDecimal("4"),
                new BigDecimal("20"),
                BigDecimal.ZERO,
                500,
                50,
                100,
                100,
                10_000,
                new BigDecimal("3"),
                new BigDecimal("5"),
                new BigDecimal("10"),
                List.of(),
                false);
    }

    Config config() {
        Secret none = Secret.NONE;
        return new Config(
                new BusSettings("pt:", 8, 3_000, 100_000, 1_000_000, 512, 60_000, 100_000),
                new RedisSettings(none, "everysec", "", none),
                new DatabaseSettings("", "", "", none),
                new FeedSettings(
                        "sim", "", "", 30_000, 100, 10_000, 1_000, 10_000, false, "level2_batch", none, none, none),
                new EtlSettings(List.of("1s"), 100, 0, 0),
                List.of(venue("COINBASE", "60", "80", "10"), venue("LSE", "10", "10", "5")),
                List.of(
                        instrument(BTC, "0.01", "0.0001", "USD"),
                        instrument(ETH, "0.01", "0.001", "USD"),
                        instrument(LLOY, "0.0001", "1", "GBP")),
                rates,
                List.of(),
                accounts,
                limits(),
                new ExecutionSettings(50, 50, 50, new BigDecimal("5"), "queue", new BigDecimal("5"), BigDecimal.TEN),
                new PnlSettings(1_000, new BigDecimal("365")),
                new PersistenceSettings(false, false),
                new SimSettings(1, 1_000, 0),
                new DashboardSettings(0, false, List.of()),
                new LogSettings("text", "info"));
    }

    private static VenueSettings venue(String name, String maker, String taker, String collar) {
        BigDecimal zero = BigDecimal.ZERO;
        return new VenueSettings(
                name, new BigDecimal(maker), new BigDecimal(taker), zero, zero, zero, "00:00", new BigDecimal(collar));
    }

    private static InstrumentSettings instrument(Instrument name, String tick, String lot, String quote) {
        String base = name.symbol();
        return new InstrumentSettings(name, Price.of(tick), Qty.of(lot), Qty.of(lot), Qty.of("100000"), base, quote);
    }
}
