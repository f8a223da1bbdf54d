package papertape.sim.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.config.InstrumentSettings;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/** A venue's messages as they were received, wholly in memory: a subscriber may ask for any of them again. */
public final class Recording {
    /** The pseudo product of messages about none, such as the reply to a subscription. */
    public static final String NO_PRODUCT = "*";

    /** Paper orders need no cap beyond the account's limits; this one only has to be larger than any of them. */
    private static final Qty MAX_QTY = Qty.of("1000000000000000");

    private final VenueProtocol venue;
    private final List<Line> lines;
    private final SortedMap<String, Precision> precisions;
    private final Map<String, VenueProtocol.Currencies> currencies;
    private final List<String> notes;

    /**
     * One recorded message.
     *
     * @param micros when it was received, microseconds since the epoch
     * @param product {@link #NO_PRODUCT} where it is about none
     * @param text the venue's, untouched
     * @param event the venue's own time in it, microseconds since the epoch; 0 where it has none that can be read
     */
    public record Line(long micros, String product, String text, long event) {
        /** Without a time of the venue's own. */
        public Line(long micros, String product, String text) {
            this(micros, product, text, 0);
        }
    }

    /**
     * @param currencies by product, where the venue itself tells them
     * @param notes what was made of the file that its reader should know
     */
    Recording(
            VenueProtocol venue,
            List<Line> lines,
            Map<String, Precision> precisions,
            Map<String, VenueProtocol.Currencies> currencies,
            List<String> notes) {
        this.venue = venue;
        this.lines = new ArrayList<>(lines);
        this.precisions = new TreeMap<>(precisions);
        this.currencies = Map.copyOf(currencies);
        this.notes = List.copyOf(notes);
    }

    /**
     * Reads and checks a whole file, {@code .tsv} or {@code .tsv.gz}.
     *
     * @throws RecordingException naming the line, when the file is damaged
     * @throws IOException when it cannot be read at all
     */
    public static Recording read(Path file, VenueProtocol venue) throws IOException {
        return new RecordingReader(file, venue).read();
    }

    /** As above, of the venue that the messages themselves show. */
    public static Recording read(Path file) throws IOException {
        return read(file, RecordingReader.venueOf(file));
    }

    /** Sentences about what was left out or converted; empty where the file is played as it is. */
    public List<String> notes() {
        return notes;
    }

    /** Messages about a product; the others are about the connection. */
    public int productLines() {
        int count = 0;
        for (Line line : lines) {
            count += line.product().equals(NO_PRODUCT) ? 0 : 1;
        }
        return count;
    }

    public VenueProtocol venue() {
        return venue;
    }

    public int size() {
        return lines.size();
    }

    public Line line(int index) {
        return lines.get(index);
    }

    /** What the recording has messages of, sorted by symbol. */
    public List<String> products() {
        return List.copyOf(precisions.keySet());
    }

    /**
     * The recorded instruments with the tick and lot their numbers show: one unit of the last decimal that any price or
     * size of the file needs. Currencies are the venue's own product data where the file has them.
     */
    public List<InstrumentSettings> instruments() {
        List<InstrumentSettings> settings = new ArrayList<>();
        precisions.forEach((symbol, precision) -> {
            VenueProtocol.Currencies pair = currencies.getOrDefault(symbol, venue.currencies(symbol));
            Qty lot = new Qty(precision.lot());
            settings.add(new InstrumentSettings(
                    Instrument.of(venue.name(), symbol),
                    new Price(precision.tick()),
                    lot,
                    lot,
                    MAX_QTY,
                    pair.base(),
                    pair.quote()));
        });
        return settings;
    }
}
