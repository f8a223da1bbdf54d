package papertape.sim;

import java.io.IOException;
import java.io.PrintStream;
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

/**
 * The simulated venue as a process, without a configuration file: {@code [--instruments BTC-USD,ETH-USD|N] [--seed S]
 * [--rate N|max] [--port P] [--rest-port P] [--messages N] [--throttle true|false]}. A number of instruments instead of
 * their names gives that many made-up ones. The first line on standard output is {@code {"port":N,"rest":N}}; with {@code
 * --messages} a line {@code {"messages":n,"done":true}} follows when all are printed. A port that is taken gives way to
 * the next free one. Exit codes: 1 no free port, 2 wrong arguments.
 */
public final class SimMain {
    private static final List<String> OPTIONS =
            List.of("instruments", "seed", "rate", "port", "rest-port", "messages", "throttle");

    private static final int PORTS_TRIED = 20;
    private static final long WATCH_MS = 200;

    private SimMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws InterruptedException {
        SimOptions options;
        List<InstrumentSettings> instruments;
        try {
            Map<String, String> given = Arguments.parse(args, List.of(), OPTIONS);
            options = options(given);
            instruments = instruments(given.getOrDefault("instruments", "BTC-USD,ETH-USD,SOL-USD"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        try (SimVenue venue = openOnFreePorts(options, instruments)) {
            report(venue, System.out);
            return 0;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /** Opens a venue on the ports of its options or, where they are taken, on the next free ones. */
    public static SimVenue openOnFreePorts(SimOptions options, List<InstrumentSettings> instruments)
            throws IOException {
        int shift = 0;
        while (true) {
            try {
                return SimVenue.open(options.shifted(shift), instruments);
            } catch (IOException e) {
                shift += 2;
                if (shift >= 2 * PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private static void report(SimVenue venue, PrintStream out) throws InterruptedException {
        out.println("{\"port\":" + venue.port() + ",\"rest\":" + venue.restPort() + "}");
        boolean said = false;
        while (!out.checkError()) {
            if (venue.done() && !said) {
                said = true;
                out.println("{\"messages\":" + venue.messages() + ",\"done\":true}");
            }
            Thread.sleep(WATCH_MS);
        }
    }

    private static SimOptions options(Map<String, String> given) {
        String rate = given.getOrDefault("rate", "1000");
        int port = Arguments.integer("port", given.getOrDefault("port", "0"), 0, 65_000);
        String nextPort = Integer.toString(port == 0 ? 0 : port + 1);
        return new SimOptions(
                Arguments.integer("seed", given.getOrDefault("seed", "1"), Integer.MIN_VALUE, Integer.MAX_VALUE),
                rate.equals("max") ? SimOptions.MAX_RATE : Arguments.integer("rate", rate, 1, 1_000_000),
                port,
                Arguments.integer("rest-port", given.getOrDefault("rest-port", nextPort), 0, 65_000),
                !given.getOrDefault("throttle", "true").equals("false"),
                Arguments.integer("messages", given.getOrDefault("messages", "0"), 0, Integer.MAX_VALUE),
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
                Map.of());
    }

    /** Ticks and lots of a usual crypto venue. */
    static List<InstrumentSettings> instruments(String names) {
        List<InstrumentSettings> settings = new ArrayList<>();
        if (names.chars().allMatch(Character::isDigit)) {
            int count = Arguments.integer("instruments", names, 1, 10_000);
            for (int i = 1; i <= count; i++) {
                settings.add(instrument(String.format(Locale.ROOT, "S%03d-USD", i)));
            }
            return settings;
        }
        for (String name : names.split(",", -1)) {
            settings.add(instrument(name));
        }
        return settings;
    }

    private static InstrumentSettings instrument(String symbol) {
        int dash = symbol.indexOf('-');
        if (dash <= 0 || dash == symbol.length() - 1) {
            throw new IllegalArgumentException("instrument \"" + symbol + "\" (accepted: BASE-QUOTE)");
        }
        return new InstrumentSettings(
                Instrument.of("SIM", symbol),
                Price.of("0.01"),
                Qty.of("0.0001"),
                Qty.of("0.0001"),
                Qty.of("1000000"),
                symbol.substring(0, dash),
                symbol.substring(dash + 1));
    }
}
