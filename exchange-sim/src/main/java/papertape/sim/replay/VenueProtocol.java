package papertape.sim.replay;

import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a venue's messages keep their product, prices and sizes. */
public enum VenueProtocol {
    COINBASE {
        @Override
        @Nullable
        String product(JsonNode message) {
            return message.path("product_id").asString(null);
        }

        @Override
        void decimals(JsonNode message, BiConsumer<Kind, String> found) {
            fields(message, Kind.PRICE, found, "price", "best_bid", "best_ask");
            fields(message, Kind.SIZE, found, "size", "last_size", "best_bid_size", "best_ask_size");
            levels(message.path("bids"), 0, found);
            levels(message.path("asks"), 0, found);
            levels(message.path("changes"), 1, found);
        }

        @Override
        String[] currencies(String symbol) {
            int dash = symbol.indexOf('-');
            return dash < 0
                    ? new String[] {symbol, symbol}
                    : new String[] {symbol.substring(0, dash), symbol.substring(dash + 1)};
        }
    },

    BINANCE {
        @Override
        @Nullable
        String product(JsonNode message) {
            String stream = message.path("stream").asString(null);
            if (stream == null) {
                return message.path("s").asString(null);
            }
            int at = stream.indexOf('@');
            // A stream of all symbols ("!ticker@arr") belongs to no product
            return at <= 0 || stream.charAt(0) == '!'
                    ? null
                    : stream.substring(0, at).toUpperCase(Locale.ROOT);
        }

        @Override
        void decimals(JsonNode message, BiConsumer<Kind, String> found) {
            JsonNode data = message.has("data") ? message.path("data") : message;
            fields(data, Kind.PRICE, found, "p", "b", "a");
            fields(data, Kind.SIZE, found, "q", "B", "A");
            levels(data.path("b"), 0, found);
            levels(data.path("a"), 0, found);
            levels(data.path("bids"), 0, found);
            levels(data.path("asks"), 0, found);
        }

        @Override
        String[] currencies(String symbol) {
            for (String quote : BINANCE_QUOTES) {
                if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
                    return new String[] {symbol.substring(0, symbol.length() - quote.length()), quote};
                }
            }
            return new String[] {symbol, symbol};
        }
    };

    enum Kind {
        PRICE,
        SIZE
    }

    // Longest first where one ends with another: FDUSD, BUSD before USD
    private static final String[] BINANCE_QUOTES = {
        "FDUSD", "USDT", "BUSD", "USDC", "BTC", "ETH", "BNB", "EUR", "GBP", "TRY", "USD"
    };

    /** The symbol a message is about; null where it is about none. */
    abstract @Nullable String product(JsonNode message);

    /** Calls {@code found} with every price and size in a message. */
    abstract void decimals(JsonNode message, BiConsumer<Kind, String> found);

    /** Base and quote currency of a symbol; the symbol itself twice where it does not tell. */
    abstract String[] currencies(String symbol);

    /** @throws IllegalArgumentException naming the accepted words */
    public static VenueProtocol of(String name) {
        for (VenueProtocol venue : values()) {
            if (venue.name().equalsIgnoreCase(name)) {
                return venue;
            }
        }
        throw new IllegalArgumentException("unknown venue \"" + name + "\" (accepted: coinbase, binance)");
    }

    private static void fields(JsonNode node, Kind kind, BiConsumer<Kind, String> found, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isString()) {
                found.accept(kind, value.stringValue());
            }
        }
    }

    /** Levels are arrays of texts with the price at {@code at} and the size after it. */
    private static void levels(JsonNode levels, int at, BiConsumer<Kind, String> found) {
        if (!levels.isArray()) {
            return;
        }
        for (JsonNode level : levels) {
            found.accept(Kind.PRICE, level.path(at).asString(""));
            found.accept(Kind.SIZE, level.path(at + 1).asString(""));
        }
    }
}
