package papertape.cli.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import papertape.cli.stack.Home;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;
import papertape.sim.replay.Recording;

/** Settings for a recording's instruments that the configuration does not know: what the file itself shows of them. */
final class RecordedInstruments {
    private RecordedInstruments() {}

    /** Writes a configuration file into the stack's folder and returns it. */
    static Path write(Recording recording, Home home) throws IOException {
        Path file = Files.createDirectories(home.folder()).resolve("recorded-instruments.yaml");
        return Files.writeString(file, yaml(recording, ConfigReader.defaults(System.getenv())));
    }

    private static String yaml(Recording recording, Config known) {
        StringBuilder yaml = new StringBuilder();
        for (InstrumentSettings each : recording.instruments()) {
            if (known.instruments().stream()
                    .noneMatch(settings -> settings.name().equals(each.name()))) {
                yaml.append(yaml.isEmpty() ? "instruments:\n" : "");
                yaml.append("  - name: \"").append(each.name()).append("\"\n");
                yaml.append("    tick: ").append(each.tick()).append('\n');
                yaml.append("    lot: ").append(each.lot()).append('\n');
                yaml.append("    minQty: ").append(each.minQty()).append('\n');
                yaml.append("    maxQty: ").append(each.maxQty()).append('\n');
                yaml.append("    base: ").append(each.base()).append('\n');
                yaml.append("    quote: ").append(each.quote()).append('\n');
            }
        }
        return yaml.isEmpty() ? "{}\n" : yaml.toString();
    }
}
