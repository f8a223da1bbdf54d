package papertape.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;

/** Binance's combined streams: {@code {"stream":"btcusdt@depth@100ms","data":{...}}}. Used by one thread at a time. */
final class BinanceAdapter implements VenueAdapter {
    /** A REST snapshot of the book; recordings hold it as a stream of that name. */
    static final String DEPTH_SNAPSHOT = "depthSnapshot";

    private static final List<String> STREAMS = List.of("@depth@100ms", "@bookTicker", "@aggTrade");
    /** Binance takes at most 1,024 streams a connection; one request of this many stays well below its size limit. */
    private static final int INSTRUMENTS_PER_REQUEST = 100;

    private static final int MAX_SYMBOL = 50;

    private final String venue;
    private final Map<String, Instrument> symbols = new HashMap<>();
    private long requests;

    BinanceAdapter(String venue, Collection<Instrument> instruments) {
        this.venue = venue;
        instruments.forEach(instrument -> symbols.put(instrument.symbol().toLowerCase(Locale.ROOT), instrument));
    }

    @Override
    public String venue() {
        return venue;
    }

    @Override
    public Look look(String text) {
        String stream = Text.string(text, "\"stream\"");
        if (stream == null) {
            boolean isReply = Text.value(text, "\"id\"") > 0 || Text.value(text, "\"error\"") > 0;
            return new Look(isReply ? "reply" : Look.UNKNOWN, null, isReply ? Weight.REPLY : Weight.KEEP, text);
        }
        int at = stream.indexOf('@');
        Instrument instrument = at > 0 ? instrument(stream.substring(0, at)) : null;
        if (instrument == null) {
            return new Look(Look.UNKNOWN, null, Weight.KEEP, text);
        }
        return look(instrument, stream.substring(at + 1), text);
    }

    private static Look look(Instrument instrument, String kind, String text) {
        if (kind.startsWith("depth@") || kind.equals("depth")) {
            return new Look("depthUpdate", instrument, Weight.BOOK, text);
        }
        if (kind.equals("bookTicker")) {
            return new Look(kind, instrument, Weight.QUOTE, text);
        }
        if (kind.startsWith("kline_")) {
            return new Look("kline", instrument, Weight.KEEP, text);
        }
        if (kind.equals(SymbolStatuses.CHANNEL)) {
            return new Look(kind, instrument, Weight.KEEP, data(text));
        }
        if (kind.equals(DEPTH_SNAPSHOT)) {
            return new Look(kind, instrument, Weight.SNAPSHOT, data(text));
        }
        return new Look(Look.channel(kind), instrument, Weight.KEEP, text);
    }

    /** What REST answered, without the frame a recording puts around it. */
    private static String data(String text) {
        int start = Text.value(text, "\"data\"");
        int end = text.lastIndexOf('}');
        return start > 0 && end > start ? text.substring(start, end) : text;
    }

    /** Whether a recording's line of this channel is {@link #framed}. */
    static boolean isFramed(String channel) {
        return channel.equals(DEPTH_SNAPSHOT) || channel.equals(SymbolStatuses.CHANNEL);
    }

    /** A recording's line for what REST answered: as if it had come over a stream. */
    static String framed(Instrument instrument, String channel, String payload) {
        return "{\"stream\":\"" + instrument.symbol().toLowerCase(Locale.ROOT) + "@" + channel + "\",\"data\":"
                + payload + "}";
    }

    private @Nullable Instrument instrument(String symbol) {
        Instrument known = symbols.get(symbol);
        if (known != null) {
            return known;
        }
        return symbol.length() > MAX_SYMBOL ? null : Look.unconfigured(venue, symbol.toUpperCase(Locale.ROOT));
    }

    @Override
    public List<String> subscribe(Collection<Instrument> instruments, Map<String, Long> resume) {
        return requests("SUBSCRIBE", instruments, resume);
    }

    @Override
    public List<String> unsubscribe(Collection<Instrument> instruments) {
        return requests("UNSUBSCRIBE", instruments, Map.of());
    }

    @Override
    public List<String> resync(Instrument instrument) {
        return List.of();
    }

    private List<String> requests(String method, Collection<Instrument> instruments, Map<String, Long> resume) {
        List<Instrument> all = List.copyOf(instruments);
        List<String> requests = new ArrayList<>();
        // A server takes the resume field as a whole, so with one there is one request.
        int step = resume.isEmpty() ? INSTRUMENTS_PER_REQUEST : Math.max(1, all.size());
        for (int from = 0; from < all.size(); from += step) {
            requests.add(request(method, all.subList(from, Math.min(all.size(), from + step)), resume));
        }
        return requests;
    }

    private String request(String method, List<Instrument> instruments, Map<String, Long> resume) {
        StringBuilder json = new StringBuilder(256);
        Text.quote(json.append("{\"method\":"), method).append(",\"params\":[");
        String comma = "";
        for (Instrument instrument : instruments) {
            String symbol = instrument.symbol().toLowerCase(Locale.ROOT);
            for (String stream : STREAMS) {
                Text.quote(json.append(comma), symbol + stream);
                comma = ",";
            }
        }
        json.append("],\"id\":").append(++requests);
        CoinbaseAdapter.resume(json, resume);
        return json.append('}').toString();
    }
}
