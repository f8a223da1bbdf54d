package papertape.common.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be set, as {@code config/papertape.yaml} spells it; each record's defaults are those of the file
 * that ships. Durations carry their unit in the name.
 *
 * @param rates what one unit of a currency is worth in another, {@code GBP/USD: 1.38}; an instrument quoted in a currency
 *     with no rate to the account's is refused
 */
public record Config(
        BusSettings bus,
        RedisSettings redis,
        DatabaseSettings database,
        FeedSettings feed,
        EtlSettings etl,
        List<VenueSettings> venues,
        List<InstrumentSettings> instruments,
        Map<String, BigDecimal> rates,
        List<StrategySettings> strategies,
        List<AccountSettings> accounts,
        LimitSettings limits,
        ExecutionSettings execution,
        PnlSettings pnl,
        PersistenceSettings persistence,
        SimSettings sim,
        DashboardSettings dashboard,
        LogSettings log) {}
