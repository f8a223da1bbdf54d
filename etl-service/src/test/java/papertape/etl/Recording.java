package papertape.etl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Header;
import papertape.common.message.Raw;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;

/** A venue's recorded messages as the feed would pass them on; they lie beside the project and may be absent. */
final class Recording {
    private Recording() {}

    static @Nullable Path find(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        return null;
    }

    static List<Raw> read(Path file, String venue) throws IOException {
        List<Raw> raws = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                raws.add(raw(raws.size(), venue, Long.parseLong(line, 0, tab, 10), line.substring(tab + 1)));
            }
        }
        return raws;
    }

    private static Raw raw(int number, String venue, long received, String payload) {
        String symbol = venue.equals("BINANCE") ? field(payload, "\"s\":\"") : field(payload, "\"product_id\":\"");
        Header header = new Header(MessageId.of("feed.0-" + number), received, null, received);
        Instrument instrument = symbol == null ? null : Instrument.of(venue, symbol);
        String channel = venue.equals("BINANCE") ? field(payload, "\"stream\":\"") : field(payload, "\"type\":\"");
        return new Raw(header, venue, instrument, channel == null ? "" : channel, received, payload);
    }

    private static @Nullable String field(String payload, String start) {
        int at = payload.indexOf(start);
        return at < 0 ? null : payload.substring(at + start.length(), payload.indexOf('"', at + start.length()));
    }
}
