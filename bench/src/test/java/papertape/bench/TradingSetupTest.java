package papertape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;

final class TradingSetupTest {
    private static final int INSTRUMENTS = 25;

    @TempDir
    private Path folder;

    /** The cost of more accounts or strategies can only be compared where orders stay as many. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "1, 5", "1, 25"})
    void everyInstrumentIsTradedAsOftenHoweverManyTradeIt(int strategies, int accounts) throws IOException {
        Config config = read(new TradingSetup(strategies, accounts, 20));
        assertThat(config.accounts()).hasSize(accounts);
        for (InstrumentSettings instrument : Market.instruments(INSTRUMENTS)) {
            double signalsOfTrade = config.strategies().stream()
                    .filter(strategy -> strategy.covers(instrument.name()))
                    .mapToDouble(strategy ->
                            1.0 / Integer.parseInt(strategy.parameters().get("every")))
                    .sum();
            assertThat(signalsOfTrade).as(instrument.name().name()).isEqualTo(1 / 20.0);
        }
    }

    @Test
    void everyAccountHasAStrategy() throws IOException {
        Config config = read(new TradingSetup(1, 5, 20));
        assertThat(config.strategies())
                .extracting(each -> each.account().value())
                .doesNotHaveDuplicates();
        assertThat(config.strategies()).hasSize(5);
    }

    private Config read(TradingSetup setup) throws IOException {
        Path file = Market.configuration(folder.resolve("c.yaml"), INSTRUMENTS, setup.yaml(INSTRUMENTS));
        return ConfigReader.defaults(Map.of(ConfigReader.FILES, file.toString()));
    }
}
