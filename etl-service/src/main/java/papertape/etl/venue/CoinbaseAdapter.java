package papertape.etl.venue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * Coinbase Exchange: the WebSocket feed's level2, ticker, matches and heartbeat channels, and the answers of the REST
 * interface to {@code /products/X}, {@code /products/X/ticker} and {@code /products/X/trades} (channels {@code
 * rest-product}, {@code rest-ticker}, {@code rest-trades}).
 *
 * <p>The {@code side} of a match and of a REST trade is the resting order's; ours is the aggressor's, so it is turned
 * round. {@code sequence} numbers all of a product's events, most of which these channels do not carry: it is passed on,
 * but a hole in it is no loss. Level2 messages have no number at all.
 */
public final class CoinbaseAdapter implements VenueAdapter {
    private final JsonText.Slice slice = new JsonText.Slice();

    /** Documented kinds that say nothing that the others do not; the feed acts on errors and on a product's status. */
    private static final Set<String> UNUSED = Set.of(
            "received",
            "open",
            "done",
            "change",
            "activate",
            "subscriptions",
            "error",
            "auction",
            "rfq_match",
            "rfq_matches",
            "balance");

    @Override
    public boolean quotesFromBook() {
        return true;
    }

    @Override
    public Path path(String channel) {
        return switch (channel) {
            case "l2update", "snapshot" -> Path.BOOK;
            case "ticker", "rest-ticker" -> Path.TOP;
            default -> Path.OTHER;
        };
    }

    @Override
    public List<VenueEvent> read(String channel, String payload) {
        return switch (channel) {
            case "rest-ticker" ->
                JsonText.read(payload, slice, text -> object(text).restTop());
            case "rest-product" -> JsonText.read(payload, slice, CoinbaseAdapter::restProduct);
            case "status" -> JsonText.read(payload, slice, CoinbaseAdapter::access);
            case "rest-trades" -> JsonText.read(payload, slice, CoinbaseAdapter::restTrades);
            default -> JsonText.read(payload, slice, text -> object(text).events());
        };
    }

    /** The REST interface lists the newest trade first. */
    private static List<VenueEvent> restTrades(JsonText text) {
        text.expectArray();
        List<VenueEvent> trades = new ArrayList<>();
        while (text.nextElement()) {
            trades.add(object(text).print());
        }
        Collections.reverse(trades);
        return trades;
    }

    private static List<VenueEvent> restProduct(JsonText text) {
        return List.of(ProductStatus.read(text));
    }

    /** The feed gives each instrument the status message of its product alone. */
    private static List<VenueEvent> access(JsonText text) {
        List<VenueEvent> events = new ArrayList<>();
        text.expectObject();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            if (name.equals("products") && text.isArray()) {
                while (text.nextElement()) {
                    events.add(ProductStatus.read(text));
                }
            } else {
                text.skip();
            }
        }
        return events.size() == 1 ? events : List.of();
    }

    private static Fields object(JsonText text) {
        text.expectObject();
        Fields fields = new Fields();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            fields.read(name, text);
        }
        return fields;
    }

    /** All fields of interest, whatever the kind: they may come in any order, the type last. */
    private static final class Fields {
        private @Nullable String type;
        private @Nullable String message;
        private @Nullable Price price;
        private @Nullable Qty size;
        private @Nullable Side side;
        private @Nullable Price bid;
        private @Nullable Price ask;
        private @Nullable Qty bidSize;
        private @Nullable Qty askSize;
        private @Nullable List<Level> bids;
        private @Nullable List<Level> asks;
        private boolean hasChanges;
        private final List<String> leftOut = new ArrayList<>();
        private @Nullable String flaw;
        private long time;
        private long tradeId = -1;
        private long sequence;

        /** What is wrong with a field matters only if the message is of a kind that is used. */
        void read(String name, JsonText text) {
            int depth = text.depth();
            try {
                field(name, text);
            } catch (IllegalArgumentException e) {
                flaw = flaw == null ? String.valueOf(e.getMessage()) : flaw;
                text.leaveValue(depth);
            }
        }

        private void field(String name, JsonText text) {
            switch (name) {
                case "type" -> type = text.string();
                case "changes" -> changes(text);
                case "time" -> time = text.time();
                case "price" -> price = text.priceOrNothing();
                case "size" -> size = text.qtyOrNothing();
                case "side" -> side = side(text);
                case "trade_id" -> tradeId = text.whole();
                case "sequence" -> sequence = text.count();
                case "best_bid", "bid" -> bid = text.priceOrNothing();
                case "best_ask", "ask" -> ask = text.priceOrNothing();
                case "best_bid_size" -> bidSize = text.qtyOrNothing();
                case "best_ask_size" -> askSize = text.qtyOrNothing();
                case "bids" -> bids = text.rows(leftOut);
                case "asks" -> asks = text.rows(leftOut);
                case "message" -> message = text.string();
                default -> text.skip();
            }
        }

        private void changes(JsonText text) {
            hasChanges = true;
            text.expectArray();
            while (text.nextElement()) {
                text.expectArray();
                text.nextElement();
                Side on = side(text);
                text.nextElement();
                Price px = text.price();
                text.nextElement();
                Level level = new Level(px, text.qty());
                if (on == Side.BUY) {
                    bids = with(bids, level);
                } else {
                    asks = with(asks, level);
                }
                text.endElement();
            }
        }

        private static List<Level> with(@Nullable List<Level> levels, Level level) {
            if (levels == null) {
                return List.of(level);
            }
            List<Level> more = levels.size() == 1 ? new ArrayList<>(levels) : levels;
            more.add(level);
            return more;
        }

        private static Side side(JsonText text) {
            return switch (text.string()) {
                case "buy" -> Side.BUY;
                case "sell" -> Side.SELL;
                default -> throw text.bad("buy or sell");
            };
        }

        List<VenueEvent> events() {
            if (type != null && UNUSED.contains(type)) {
                return List.of();
            }
            requireSound();
            return switch (type) {
                case "l2update" -> List.of(update());
                case "match", "last_match" -> List.of(print());
                case "ticker" -> List.of(new VenueEvent.Top(time, bid, bidSize, ask, askSize, sequence));
                case "heartbeat" -> List.of(new VenueEvent.Heartbeat(time));
                case "snapshot" -> List.of(snapshot());
                case "status" -> List.of();
                case null -> throw new IllegalArgumentException("type: missing");
                default -> throw new IllegalArgumentException("type: unknown: \"" + JsonText.shown(type) + "\"");
            };
        }

        private void requireSound() {
            if (flaw != null) {
                throw new IllegalArgumentException(flaw);
            }
        }

        List<VenueEvent> restTop() {
            requireSound();
            if (message != null) {
                throw new IllegalArgumentException("message: the venue says \"" + JsonText.shown(message) + "\"");
            }
            if (bid == null && ask == null) {
                throw new IllegalArgumentException("bid: missing, as is ask");
            }
            return List.of(new VenueEvent.Top(time, bid, bidSize, ask, askSize, sequence));
        }

        private VenueEvent update() {
            if (!hasChanges) {
                throw new IllegalArgumentException("changes: missing");
            }
            return new VenueEvent.BookChange(time, false, 0, 0, orNone(bids), orNone(asks));
        }

        private VenueEvent snapshot() {
            if (bids == null || asks == null) {
                throw new IllegalArgumentException((bids == null ? "bids" : "asks") + ": missing");
            }
            return new VenueEvent.BookChange(time, true, 0, 0, bids, asks, List.copyOf(leftOut));
        }

        private static List<Level> orNone(@Nullable List<Level> levels) {
            return levels == null ? List.of() : levels;
        }

        VenueEvent print() {
            requireSound();
            if (tradeId < 0) {
                throw new IllegalArgumentException("trade_id: missing or negative");
            }
            if (price == null || size == null) {
                throw new IllegalArgumentException((price == null ? "price" : "size") + ": missing");
            }
            Side aggressor = side == null ? null : side.opposite();
            return new VenueEvent.Print(time, tradeId, price, size, aggressor, sequence);
        }
    }
}
