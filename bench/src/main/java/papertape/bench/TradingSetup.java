package papertape.bench;

import java.util.ArrayList;
import java.util.List;
import papertape.common.config.InstrumentSettings;

/**
 * Strategies that order often, and accounts whose limits deny nothing: the part of a run's configuration that makes fills.
 *
 * @param strategies that look at every instrument, each for the first account; with more than one account: 1
 * @param accounts with a strategy each, which share the instruments among them
 * @param every how many trades there are to a signal, all strategies together
 */
record TradingSetup(int strategies, int accounts, int every) {
    private static final String LIMITS = """
            limits:
              maxRepeats: 1000000
              minNotional: 0
              maxNotional: 1000000000
              maxPositionPercent: 100
              maxOpenOrders: 1000000
              maxOpenOrdersPerInstrument: 1000000
              maxSubmitsPerSecond: 100000
              maxOrdersPerDay: 100000000
              dailyLossReducingPercent: 100
              dailyLossHaltPercent: 100
              maxDrawdownPercent: 100
            execution:
              insertLatencyMs: 0
            """;

    TradingSetup {
        if (strategies > 1 && accounts > 1) {
            throw new IllegalArgumentException("several strategies or several accounts, not both");
        }
    }

    String yaml(int instruments) {
        StringBuilder yaml = new StringBuilder("strategies:\n");
        yaml.append("  - {name: \"*\", sizing: quantity, size: 0.01, ordType: market, tif: ioc}\n");
        for (int i = 0; accounts == 1 && i < strategies; i++) {
            strategy(yaml, i, 0, "\"*\"", every * strategies);
        }
        for (int i = 0; accounts > 1 && i < accounts; i++) {
            strategy(yaml, i, i, share(instruments, i), every);
        }
        yaml.append("accounts:\n");
        for (int i = 0; i < accounts; i++) {
            yaml.append("  - {name: bench").append(i).append(", type: margin, deposit: 1000000000}\n");
        }
        return yaml + LIMITS;
    }

    private static void strategy(StringBuilder yaml, int number, int account, String instruments, int every) {
        yaml.append("  - {name: flip")
                .append(number)
                .append(", kind: bench-flip, account: bench")
                .append(account);
        yaml.append(", instruments: [")
                .append(instruments)
                .append("], parameters: {every: ")
                .append(every);
        yaml.append(", salt: ").append(number).append("}}\n");
    }

    private String share(int instruments, int account) {
        List<String> names = new ArrayList<>();
        List<InstrumentSettings> all = Market.instruments(instruments);
        for (int i = account; i < all.size(); i += accounts) {
            names.add("\"" + all.get(i).name() + "\"");
        }
        return String.join(", ", names);
    }
}
