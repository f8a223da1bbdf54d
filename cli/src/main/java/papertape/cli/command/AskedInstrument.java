package papertape.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import papertape.common.config.Config;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;

/** An instrument as a user types it: upper and lower case alike, and a symbol without its venue is asked about. */
record AskedInstrument(String text) {
    private static final int SHOWN = 5;

    /**
     * The instrument of the configuration that is meant; one that it does not know is left to the checks of the stack.
     *
     * @param venue whose instruments are suggested first
     * @throws IllegalArgumentException with the nearest ones when no venue is named
     */
    Instrument in(Config config, String venue) {
        List<Instrument> known =
                config.instruments().stream().map(InstrumentSettings::name).toList();
        if (text.indexOf(':') >= 0) {
            Instrument asked = Instrument.of(text);
            return known.contains(asked)
                    ? asked
                    : known.stream()
                            .filter(each -> each.name().equalsIgnoreCase(text))
                            .findFirst()
                            .orElse(asked);
        }
        List<String> near = new ArrayList<>(known.stream()
                .filter(each -> letters(each.symbol()).equals(letters(text)))
                .sorted(Comparator.comparing((Instrument each) -> !each.venue().equalsIgnoreCase(venue))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .map(Instrument::name)
                .toList());
        throw new IllegalArgumentException("not an instrument: \"" + text + "\" has no venue"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?")
                + " (accepted: VENUE:SYMBOL, as SIM:BTC-USD)");
    }

    /** {@code btcusd} is {@code BTC-USD}. */
    private static String letters(String symbol) {
        StringBuilder letters = new StringBuilder();
        symbol.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString().toLowerCase(Locale.ROOT);
    }
}
