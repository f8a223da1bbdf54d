package papertape.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import papertape.cli.stack.Home;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.sim.replay.Recording;

class RecordedInstrumentsTest {
    private static final Instrument SHIPPED = Instrument.of("BINANCE:BTCUSDT");
    private static final Instrument FOREIGN = Instrument.of("BINANCE:\u5e01\u5b89USDT");

    @TempDir
    Path folder;

    private Config playedWith(List<Path> own) throws Exception {
        String ticker =
                "@bookTicker\",\"data\":{\"u\":1,\"s\":\"X\",\"b\":\"0.2\",\"B\":\"1\",\"a\":\"0.21\",\"A\":\"1\"}}\n";
        Path file = folder.resolve("recording.tsv");
        Files.writeString(
                file,
                "1704153600010000\t{\"stream\":\"btcusdt" + ticker + "1704153600020000\t{\"stream\":\""
                        + FOREIGN.symbol().toLowerCase(java.util.Locale.ROOT) + ticker);
        Path written = RecordedInstruments.write(Recording.read(file), own, new Home(folder.resolve("home")));
        StringBuilder files = new StringBuilder();
        own.forEach(each -> files.append(each).append(java.io.File.pathSeparator));
        return ConfigReader.defaults(
                Map.of(ConfigReader.FILES, files.append(written).toString()));
    }

    private static InstrumentSettings settings(Config config, Instrument instrument) {
        return config.instruments().stream()
                .filter(each -> each.name().equals(instrument))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_instrument_that_ships_stays_beside_one_that_only_the_recording_knows() throws Exception {
        Config config = playedWith(List.of());

        assertThat(settings(config, FOREIGN).tick()).isEqualTo(Price.of("0.01"));
        assertThat(settings(config, SHIPPED)).isEqualTo(settings(ConfigReader.defaults(Map.of()), SHIPPED));
    }

    @Test
    void the_users_own_settings_of_an_instrument_hold() throws Exception {
        Path own = Files.writeString(
                folder.resolve("own.yaml"),
                "instruments:\n  - {name: \"BINANCE:BTCUSDT\", tick: 0.5, lot: 1, minQty: 1, maxQty: 10, base: BTC, quote: USD}\n");

        assertThat(settings(playedWith(List.of(own)), SHIPPED).tick()).isEqualTo(Price.of("0.5"));
        assertThat(settings(playedWith(List.of(own)), FOREIGN).tick()).isEqualTo(Price.of("0.01"));
    }
}
