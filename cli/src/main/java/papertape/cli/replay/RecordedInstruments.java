package papertape.cli.replay;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import papertape.cli.stack.Home;
import papertape.common.config.Config;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;
import papertape.sim.replay.Recording;

/** Settings for a recording's instruments: the configured ones, else what the file itself shows of them. */
final class RecordedInstruments {
    private RecordedInstruments() {}

    /**
     * Writes a configuration file into the stack's folder and returns it. It names every recorded instrument: as the first file
     * it takes the place of the list that ships, so one that is configured stands in it with its configured settings.
     *
     * @param configFiles the user's own, which come before it
     */
    static Path write(Recording recording, List<Path> configFiles, Home home) throws IOException {
        Path file = Files.createDirectories(home.folder()).resolve("recorded-instruments.yaml");
        return Files.writeString(file, yaml(recording, configured(configFiles)));
    }

    private static Config configured(List<Path> configFiles) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String files = configFiles.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        if (!files.isEmpty()) {
            environment.put(ConfigReader.FILES, files);
        }
        return ConfigReader.defaults(environment);
    }

    private static String yaml(Recording recording, Config known) {
        Map<Instrument, InstrumentSettings> configured = new HashMap<>();
        known.instruments().forEach(each -> configured.put(each.name(), each));
        StringBuilder yaml = new StringBuilder();
        for (InstrumentSettings recorded : recording.instruments()) {
            InstrumentSettings each = configured.getOrDefault(recorded.name(), recorded);
            yaml.append(yaml.isEmpty() ? "instruments:\n" : "");
            yaml.append("  - name: \"").append(each.name()).append("\"\n");
            yaml.append("    tick: ").append(each.tick()).append('\n');
            yaml.append("    lot: ").append(each.lot()).append('\n');
            yaml.append("    minQty: ").append(each.minQty()).append('\n');
            yaml.append("    maxQty: ").append(each.maxQty()).append('\n');
            yaml.append("    base: \"").append(each.base()).append("\"\n");
            yaml.append("    quote: \"").append(each.quote()).append("\"\n");
        }
        return yaml.isEmpty() ? "{}\n" : yaml.toString();
    }
}
