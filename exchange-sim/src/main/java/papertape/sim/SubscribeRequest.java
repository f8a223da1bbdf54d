package papertape.sim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client asks for, in either venue's words: Coinbase's {@code {"type":"subscribe","product_ids":[..],
 * "channels":[..]}} or Binance's {@code {"method":"SUBSCRIBE","params":["nknusdt@bookTicker"]}}.
 *
 * @param subscribe false: unsubscribe
 * @param products symbols as in instruments; Binance's in upper case. Products that Coinbase's longer form names for one
 *     channel are taken for all the channels of the request
 * @param channels as the venue names them; empty where none were named
 * @param resume our own extra, understood by a replay: by product, how many of its messages the client has already
 */
public record SubscribeRequest(
        boolean subscribe, Set<String> products, Set<String> channels, Map<String, Integer> resume) {
    private static final JsonMapper JSON = new JsonMapper();

    /** @throws IllegalArgumentException when the text is no such request; the message can be shown to the client */
    public static SubscribeRequest parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.has("method") ? binance(root) : coinbase(root);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a request: " + e.getOriginalMessage(), e);
        }
    }

    private static SubscribeRequest coinbase(JsonNode root) {
        boolean subscribe = isSubscribe(root.path("type").asString(""), "subscribe", "unsubscribe");
        Set<String> products = new LinkedHashSet<>();
        root.path("product_ids").forEach(id -> products.add(id.asString()));
        Set<String> channels = new LinkedHashSet<>();
        for (JsonNode channel : root.path("channels")) {
            channels.add(channel.isObject() ? channel.path("name").asString("") : channel.asString());
            channel.path("product_ids").forEach(id -> products.add(id.asString()));
        }
        return new SubscribeRequest(subscribe, products, channels, resume(root));
    }

    private static SubscribeRequest binance(JsonNode root) {
        boolean subscribe = isSubscribe(root.path("method").asString(""), "SUBSCRIBE", "UNSUBSCRIBE");
        Set<String> products = new LinkedHashSet<>();
        Set<String> channels = new LinkedHashSet<>();
        for (JsonNode param : root.path("params")) {
            String stream = param.asString();
            int at = stream.indexOf('@');
            products.add((at < 0 ? stream : stream.substring(0, at)).toUpperCase(Locale.ROOT));
            if (at >= 0) {
                channels.add(stream.substring(at + 1));
            }
        }
        return new SubscribeRequest(subscribe, products, channels, resume(root));
    }

    private static boolean isSubscribe(String word, String subscribe, String unsubscribe) {
        if (!word.equals(subscribe) && !word.equals(unsubscribe)) {
            throw new IllegalArgumentException(
                    "unknown request \"" + word + "\" (accepted: " + subscribe + ", " + unsubscribe + ")");
        }
        return word.equals(subscribe);
    }

    private static Map<String, Integer> resume(JsonNode root) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("resume").properties()) {
            if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
                throw new IllegalArgumentException("resume of " + entry.getKey() + " is not a count of messages");
            }
            positions.put(entry.getKey(), entry.getValue().intValue());
        }
        return positions;
    }
}
