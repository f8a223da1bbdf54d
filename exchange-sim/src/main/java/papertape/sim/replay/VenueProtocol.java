package papertape.sim.replay;

import java.util.Locale;
import java.util.Set;
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
        JsonNode time(JsonNode message) {
            return message.path("time");
        }

        @Override
        void decimals(JsonNode message, BiConsumer<Kind, String> found) {
            fields(message, Kind.PRICE, found, "price", "best_bid", "best_ask");
            fields(message, Kind.SIZE, found, "size", "last_size", "best_bid_size", "best_ask_size");
            levels(message.path("bids"), 0, found);
            levels(message.path("asks"), 0, found);
            levels(message.path("changes"), 1, found);
        }

        /** Coinbase makes a product's id of the two, and says them in the messages of its status channel as well. */
        @Override
        Currencies currencies(String symbol) {
            int dash = symbol.indexOf('-');
            boolean isPair = dash > 0 && dash == symbol.lastIndexOf('-') && dash < symbol.length() - 1;
            return isPair
                    ? new Currencies(symbol.substring(0, dash), symbol.substring(dash + 1))
                    : Currencies.notToldApart(symbol);
        }

        @Override
        void productData(JsonNode message, BiConsumer<String, Currencies> found) {
            for (JsonNode product : message.path("products")) {
                data(product, "id", "base_currency", "quote_currency", found);
            }
        }

        @Override
        void statuses(JsonNode message, BiConsumer<String, String> found) {
            if (message.path("type").asString("").equals("status")) {
                for (JsonNode product : message.path("products")) {
                    found.accept(
                            product.path("id").asString(""), "{\"type\":\"status\",\"products\":[" + product + "]}");
                }
            }
        }

        @Override
        boolean isOurs(JsonNode message) {
            return message.path("type").isString();
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
        JsonNode time(JsonNode message) {
            JsonNode data = message.has("data") ? message.path("data") : message;
            // T: when a trade happened; of other kinds it says something else
            return TRADES.contains(data.path("e").asString("")) ? data.path("T") : data.path("E");
        }

        @Override
        void decimals(JsonNode message, BiConsumer<Kind, String> found) {
            JsonNode data = message.has("data") ? message.path("data") : message;
            String event = data.path("e").asString("bookTicker");
            if (!MARKET_EVENTS.contains(event)) {
                return;
            }
            fields(data, Kind.PRICE, found, "p", "b", "a");
            fields(data, Kind.SIZE, found, "q", "B", "A");
            levels(data.path("b"), 0, found);
            levels(data.path("a"), 0, found);
            levels(data.path("bids"), 0, found);
            levels(data.path("asks"), 0, found);
        }

        /** A symbol is one word: {@code BTCTUSD} ends with USD and is quoted in TUSD. */
        @Override
        Currencies currencies(String symbol) {
            return Currencies.notToldApart(symbol);
        }

        @Override
        void productData(JsonNode message, BiConsumer<String, Currencies> found) {
            for (JsonNode symbol : symbols(message)) {
                data(symbol, "symbol", "baseAsset", "quoteAsset", found);
            }
        }

        /** The answer to a REST request, as such or as a stream of the request's name. */
        private static JsonNode symbols(JsonNode message) {
            return message.has("symbols")
                    ? message.path("symbols")
                    : message.path("data").path("symbols");
        }

        @Override
        void statuses(JsonNode message, BiConsumer<String, String> found) {
            for (JsonNode symbol : symbols(message)) {
                String name = symbol.path("symbol").asString("");
                found.accept(
                        name,
                        "{\"stream\":\"" + name.toLowerCase(Locale.ROOT) + "@exchangeInfo\",\"data\":{\"symbols\":["
                                + symbol + "]}}");
            }
        }

        @Override
        boolean isOurs(JsonNode message) {
            return message.path("stream").isString()
                    || (message.path("e").isString() && message.path("s").isString());
        }
    };

    enum Kind {
        PRICE,
        SIZE
    }

    /** Binance's events that carry prices on the tick and sizes on the lot. */
    private static final Set<String> MARKET_EVENTS = Set.of("bookTicker", "depthUpdate", "aggTrade", "trade");

    private static final Set<String> TRADES = Set.of("aggTrade", "trade");

    /** What a product's price is in, and what its size counts. */
    record Currencies(String base, String quote) {
        /** Where nothing tells them, the symbol stands for both: amounts in it are no amounts in any currency. */
        static Currencies notToldApart(String symbol) {
            return new Currencies(symbol, symbol);
        }
    }

    /** The symbol a message is about; null where it is about none. */
    abstract @Nullable String product(JsonNode message);

    /** The venue's own time in a message, as it spells it; a missing node where there is none. */
    abstract JsonNode time(JsonNode message);

    /** Calls {@code found} with every price and size in a message. */
    abstract void decimals(JsonNode message, BiConsumer<Kind, String> found);

    /** What the symbol itself tells. */
    abstract Currencies currencies(String symbol);

    /** Calls {@code found} with each product whose currencies the venue itself tells in this message. */
    abstract void productData(JsonNode message, BiConsumer<String, Currencies> found);

    /**
     * Calls {@code found} with each product whose status a message tells, and with the message as the venue would say it of
     * that product alone: what the feed makes of it live.
     */
    abstract void statuses(JsonNode message, BiConsumer<String, String> found);

    /** Whether a message is of this venue. */
    abstract boolean isOurs(JsonNode message);

    /** The venue that a message is of; null where it does not tell. */
    static @Nullable VenueProtocol recognised(JsonNode message) {
        // Binance first: some of its messages have a type as well
        if (BINANCE.isOurs(message)) {
            return BINANCE;
        }
        return COINBASE.isOurs(message) ? COINBASE : null;
    }

    private static void data(
            JsonNode product, String symbol, String base, String quote, BiConsumer<String, Currencies> found) {
        if (product.path(symbol).isString()
                && product.path(base).isString()
                && product.path(quote).isString()) {
            found.accept(
                    product.path(symbol).stringValue(),
                    new Currencies(
                            product.path(base).stringValue(),
                            product.path(quote).stringValue()));
        }
    }

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
            if (value.isString() || value.isNumber()) {
                found.accept(kind, value.asString());
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
