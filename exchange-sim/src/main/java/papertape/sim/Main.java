package papertape.sim;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import papertape.common.config.Config;
import papertape.common.config.ConfigException;
import papertape.common.config.ConfigReader;
import papertape.common.config.InstrumentSettings;
import papertape.common.runtime.ParentWatch;

/** The simulated venue's process as the stack runs it: instruments of venue SIM, seed, rate and port as configured. */
public final class Main {
    private static final String VENUE = "SIM";

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        ParentWatch.start(System.getenv());
        System.exit(run(StandardOutput.reserve()));
    }

    private static int run(PrintStream out) throws InterruptedException {
        try {
            Config config = ConfigReader.defaults(System.getenv());
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            SimOptions options = SimOptions.of(config.sim(), now);
            // a supervisor has told the feed where to look for it: on any other port it would look at nothing, or at
            // another's
            boolean isOnThisPort = Boolean.parseBoolean(System.getenv("PAPERTAPE_SIM_ON_THIS_PORT"));
            try (SimVenue venue = isOnThisPort
                    ? SimVenue.open(options, instruments(config))
                    : SimMain.openOnFreePorts(options, instruments(config))) {
                return SimMain.report(venue, out);
            }
        } catch (ConfigException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static List<InstrumentSettings> instruments(Config config) {
        List<InstrumentSettings> instruments = config.instruments().stream()
                .filter(settings -> settings.name().venue().equals(VENUE))
                .toList();
        if (instruments.isEmpty()) {
            throw new IllegalArgumentException("instruments: none of venue " + VENUE + ", so nothing to simulate");
        }
        return instruments;
    }
}
