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
    private static final Qty MAX_QTY = Qty.of("1000000000");

    private final VenueProtocol venue;
    private final List<Line> lines;
    private final SortedMap<String, Precision> precisions;

    /**
     * One recorded message.
     *
     * @param micros when it was received, microseconds since the epoch
     * @param product {@link #NO_PRODUCT} where it is about none
     * @param text the venue's, untouched
     */
    public record Line(long micros, String product, String text) {}

    Recording(VenueProtocol venue, List<Line> lines, Map<String, Precision> precisions) {
        this.venue = venue;
        this.lines = new ArrayList<>(lines);
        this.precisions = new TreeMap<>(precisions);
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
     * size of the file needs.
     */
    public List<InstrumentSettings> instruments() {
        List<InstrumentSettings> settings = new ArrayList<>();
        precisions.forEach((symbol, precision) -> {
            String[] currencies = venue.currencies(symbol);
            Qty lot = new Qty(precision.lot());
            settings.add(new InstrumentSettings(
                    Instrument.of(venue.name(), symbol),
                    new Price(precision.tick()),
                    lot,
                    lot,
                    MAX_QTY,
                    currencies[0],
                    currencies[1]));
        });
        return settings;
    }
}
