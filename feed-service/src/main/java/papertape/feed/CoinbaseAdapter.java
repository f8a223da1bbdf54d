package papertape.feed;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;

/** The Coinbase Exchange WebSocket feed; the simulated venue speaks it too, under its own name. */
final class CoinbaseAdapter implements VenueAdapter {
    private final String venue;
    private final String level2Channel;
    private final Signer signer;
    private final Map<String, Instrument> products = new HashMap<>();

    CoinbaseAdapter(String venue, Collection<Instrument> instruments, String level2Channel, Signer signer) {
        this.venue = venue;
        this.level2Channel = level2Channel;
        this.signer = signer;
        instruments.forEach(instrument -> products.put(instrument.symbol(), instrument));
    }

    @Override
    public String venue() {
        return venue;
    }

    /** One a second for each instrument. */
    @Override
    public boolean hasHeartbeats() {
        return true;
    }

    @Override
    public Look look(String text) {
        String type = Text.string(text, "\"type\"");
        if (type == null) {
            return new Look(Look.UNKNOWN, null, Weight.KEEP, text);
        }
        if (weight(type) == Weight.KEEP && CoinbaseStatus.isStatus(type, text)) {
            return new Look(CoinbaseStatus.CHANNEL, null, Weight.STATUS, text);
        }
        return new Look(Look.channel(type), product(text), weight(type), text);
    }

    @Override
    public long tradeId(Look look) {
        return look.channel().equals("match") || look.channel().equals("last_match")
                ? Text.number(look.payload(), "\"trade_id\"")
                : -1;
    }

    @Override
    public List<Look> statuses(Look look) {
        return CoinbaseStatus.parts(look.payload(), products);
    }

    /** In the documented form, and apart from the streams: where the venue refuses it, they are there all the same. */
    @Override
    public List<String> greeting() {
        StringBuilder json = new StringBuilder("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"status\"}]");
        signer.sign(json);
        return List.of(json.append('}').toString());
    }

    private @Nullable Instrument product(String text) {
        String id = Text.string(text, "\"product_id\"");
        if (id == null || id.isEmpty()) {
            return null;
        }
        Instrument known = products.get(id);
        return known != null ? known : Look.unconfigured(venue, id);
    }

    private static Weight weight(String type) {
        return switch (type) {
            case "l2update" -> Weight.BOOK;
            case "ticker", "heartbeat" -> Weight.QUOTE;
            case "snapshot" -> Weight.SNAPSHOT;
            default -> Weight.KEEP;
        };
    }

    @Override
    public List<String> subscribe(Collection<Instrument> instruments, Map<String, Long> resume) {
        return List.of(request("subscribe", instruments, true, resume));
    }

    @Override
    public List<String> unsubscribe(Collection<Instrument> instruments) {
        return List.of(request("unsubscribe", instruments, true, Map.of()));
    }

    /** Only the book's channel is taken anew, so that no trade is missed between the two. */
    @Override
    public List<String> resync(Instrument instrument) {
        List<Instrument> one = List.of(instrument);
        return List.of(request("unsubscribe", one, false, Map.of()), request("subscribe", one, false, Map.of()));
    }

    private String request(String type, Collection<Instrument> instruments, boolean isWhole, Map<String, Long> resume) {
        StringBuilder json = new StringBuilder(256);
        Text.quote(json.append("{\"type\":"), type).append(",\"product_ids\":[");
        String comma = "";
        for (Instrument instrument : instruments) {
            Text.quote(json.append(comma), instrument.symbol());
            comma = ",";
        }
        Text.quote(json.append("],\"channels\":["), level2Channel);
        json.append(isWhole ? ",\"ticker\",\"matches\",\"heartbeat\"]" : "]");
        signer.sign(json);
        resume(json, resume);
        return json.append('}').toString();
    }

    /** Adds the field by which a replay server learns where to go on. */
    static void resume(StringBuilder json, Map<String, Long> resume) {
        if (resume.isEmpty()) {
            return;
        }
        json.append(",\"resume\":{");
        String comma = "";
        for (Map.Entry<String, Long> entry : new TreeMap<>(resume).entrySet()) {
            Text.quote(json.append(comma), entry.getKey()).append(':').append(entry.getValue());
            comma = ",";
        }
        json.append('}');
    }
}
