package papertape.sim.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one file line by line and refuses it at the first line that is damaged. */
final class RecordingReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final VenueProtocol venue;
    private final List<Recording.Line> lines = new ArrayList<>();
    private final Map<String, Precision> precisions = new TreeMap<>();
    private final Map<String, VenueProtocol.Currencies> currencies = new HashMap<>();
    /** Messages of products whose name cannot be an instrument's. */
    private final Map<String, Integer> leftOut = new TreeMap<>();

    private final StatusLines statuses;
    private @Nullable TimeUnitOfFile unit;
    private int lineNumber;

    RecordingReader(Path file, VenueProtocol venue) {
        this.file = file;
        this.venue = venue;
        this.statuses = new StatusLines(venue);
    }

    Recording read() throws IOException {
        try (InputStream bytes = open()) {
            String line = nextLine(bytes);
            while (line != null) {
                add(line);
                line = nextLine(bytes);
            }
        } catch (EOFException e) {
            throw damaged("the compressed data ends in the middle (truncated file)");
        } catch (ZipException e) {
            throw damaged("the compressed data is damaged (" + e.getMessage() + ")");
        } catch (CharacterCodingException e) {
            throw damaged("not UTF-8");
        }
        if (lines.isEmpty()) {
            throw new RecordingException(file + ": empty, no message to play");
        }
        if (precisions.isEmpty()) {
            throw new RecordingException(file + ": no message is about a product of " + word(venue) + otherVenue());
        }
        return new Recording(venue, statuses.split(lines, precisions.keySet()), precisions, currencies, notes());
    }

    private String otherVenue() {
        for (Recording.Line line : lines) {
            VenueProtocol shown = VenueProtocol.recognised(JSON.readTree(line.text()));
            if (shown != null && shown != venue) {
                return " (the messages are " + word(shown) + "'s)";
            }
        }
        return "";
    }

    private static String word(VenueProtocol venue) {
        return venue.name().toLowerCase(Locale.ROOT);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (unit != null && unit != TimeUnitOfFile.MICROSECONDS) {
            notes.add("the receive times are in " + unit.word() + ": converted to microseconds");
        }
        if (statuses.count() > 0) {
            notes.add(
                    statuses.count() + " messages tell the status of products: each recorded product has its changes");
        }
        leftOut.forEach((product, count) ->
                notes.add(count + " messages of \"" + product + "\" are left out: the name cannot be an instrument's"));
        return notes;
    }

    /**
     * The venue of a file's messages: that of the first which shows one, since a recording may begin with what the venue
     * answers to a subscription.
     */
    static VenueProtocol venueOf(Path file) throws IOException {
        RecordingReader reader = new RecordingReader(file, VenueProtocol.COINBASE);
        try (InputStream bytes = reader.open()) {
            for (String line = reader.nextLine(bytes); line != null; line = reader.nextLine(bytes)) {
                VenueProtocol shown = VenueProtocol.recognised(JSON.readTree(line.substring(line.indexOf('\t') + 1)));
                if (shown != null) {
                    return shown;
                }
            }
        } catch (JacksonException | CharacterCodingException | EOFException | ZipException e) {
            // the file is damaged before any message showed its venue: reading it says where
            return VenueProtocol.COINBASE;
        }
        throw new RecordingException(file + ": no message shows its venue (recognised: coinbase, binance)");
    }

    private InputStream open() throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!file.toString().endsWith(".gz")) {
            return new BufferedInputStream(raw);
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Splits at the byte, before decoding, so that undecodable text is blamed on its own line. */
    private @Nullable String nextLine(InputStream bytes) throws IOException {
        lineNumber++;
        int next = bytes.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = bytes.read();
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.toByteArray()))
                .toString();
    }

    private void add(String line) throws RecordingException {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            throw damaged("no tab between receive time and message");
        }
        long micros = micros(line.substring(0, tab));
        String text = line.substring(tab + 1);
        JsonNode message = message(text);
        venue.productData(message, currencies::put);
        if (statuses.isTaken(message, lines.size())) {
            lines.add(new Recording.Line(micros, Recording.NO_PRODUCT, StatusLines.PLACE));
            return;
        }
        String product = venue.product(message);
        if (product != null && !isInstrument(product)) {
            leftOut.merge(product, 1, Integer::sum);
            return;
        }
        if (product == null) {
            lines.add(new Recording.Line(micros, Recording.NO_PRODUCT, text));
            return;
        }
        Precision precision = precisions.computeIfAbsent(product, unseen -> new Precision());
        venue.decimals(message, precision::add);
        // One string per product, not per line, stays in memory
        lines.add(new Recording.Line(micros, product.intern(), text, EventTime.micros(venue.time(message))));
    }

    private boolean isInstrument(String product) {
        if (precisions.containsKey(product)) {
            return true;
        }
        try {
            Instrument.of(venue.name(), product);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private long micros(String time) throws RecordingException {
        long count;
        try {
            count = Long.parseLong(time);
        } catch (NumberFormatException e) {
            throw damaged("receive time \"" + abbreviated(time) + "\" is not a number of microseconds");
        }
        if (count < 0) {
            throw damaged("receive time " + time + " is before 1970");
        }
        TimeUnitOfFile shown = TimeUnitOfFile.of(count);
        if (unit == null) {
            unit = shown;
        } else if (shown != unit) {
            throw damaged("receive time " + time + " is in " + shown.word() + ", those before are in " + unit.word());
        }
        return shown.micros(count);
    }

    private JsonNode message(String text) throws RecordingException {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JacksonException e) {
            throw damaged("the message is not JSON: " + e.getOriginalMessage());
        }
        if (!message.isObject()) {
            throw damaged("the message is not a JSON object: \"" + abbreviated(text) + "\"");
        }
        return message;
    }

    /** Whatever is found wrong is wrong with the line that was read last. */
    private RecordingException damaged(String problem) {
        return new RecordingException(file + ", line " + Math.max(1, lineNumber) + ": " + problem);
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
