package papertape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.sim.SimOptions;
import papertape.sim.SimVenue;

/** The simulated market of a run: made-up instruments, the same for the same seed, and its section of the configuration. */
final class Market {
    private static final int SEED = 42;

    private Market() {}

    static List<InstrumentSettings> instruments(int count) {
        List<InstrumentSettings> instruments = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String base = String.format(Locale.ROOT, "S%03d", i);
            instruments.add(new InstrumentSettings(
                    Instrument.of("SIM", base + "-USD"),
                    Price.of("0.01"),
                    Qty.of("0.0001"),
                    Qty.of("0.0001"),
                    Qty.of("1000000"),
                    base,
                    "USD"));
        }
        return instruments;
    }

    static SimVenue open(Load load) throws IOException {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        SimOptions options = new SimOptions(SEED, load.rate(), 0, 0, true, load.messages(), now, Map.of());
        return SimVenue.open(options.withBurst(load.burst()), instruments(load.instruments()));
    }

    /** Writes a configuration of these instruments and whatever else a run wants. */
    static Path configuration(Path file, int instruments, String more) throws IOException {
        StringBuilder yaml = new StringBuilder("instruments:\n");
        for (InstrumentSettings each : instruments(instruments)) {
            yaml.append("  - {name: \"").append(each.name()).append("\", tick: 0.01, lot: 0.0001, base: ");
            yaml.append(each.base()).append(", quote: USD}\n");
        }
        return Files.writeString(file, yaml + more);
    }
}
