package papertape.etl.venue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * Binance: combined streams ({@code {"stream":..,"data":{..}}}) of diff depth, book ticker and aggregate trades, and the
 * REST interface's depth (channel {@code depthSnapshot}), which is the only snapshot there is, and symbols (channel {@code
 * exchangeInfo}), which alone tell their status. The stream of single trades is
 * read as well: a recording may hold it instead of the aggregates, or beside them.
 *
 * <p>Quotes come from the book ticker: it is the venue's own top of book in real time, whereas depth comes every 100 ms
 * and is worth nothing without a snapshot. Book tickers have no time of their own.
 */
public final class BinanceAdapter implements VenueAdapter {
    private final JsonText.Slice slice = new JsonText.Slice();

    /** Documented events of streams that say nothing that the others do not, and of accounts. */
    private static final Set<String> UNUSED = Set.of(
            "kline",
            "continuous_kline",
            "24hrTicker",
            "24hrMiniTicker",
            "1hTicker",
            "4hTicker",
            "1dTicker",
            "avgPrice",
            "referencePrice",
            "markPriceUpdate",
            "indexPriceUpdate",
            "forceOrder",
            "contractInfo",
            "compositeIndex",
            "assetIndexUpdate",
            "serverShutdown",
            "executionReport",
            "outboundAccountPosition",
            "balanceUpdate",
            "listStatus",
            "listenKeyExpired",
            "eventStreamTerminated",
            "externalLockUpdate");

    /** The best levels only, every 100 ms: a book of its own, which is not used. */
    private static final Pattern PARTIAL_DEPTH = Pattern.compile("depth\\d+(@.*)?");

    private static final int MOST_ID_DIGITS = 18;

    private static final String SNAPSHOT = "depthSnapshot";
    private static final String SYMBOLS = "exchangeInfo";

    @Override
    public boolean quotesFromBook() {
        return false;
    }

    @Override
    public Path path(String channel) {
        return switch (channel) {
            case "depthUpdate", SNAPSHOT -> Path.BOOK;
            case "bookTicker" -> Path.TOP;
            default -> Path.OTHER;
        };
    }

    @Override
    public List<VenueEvent> read(String channel, String payload) {
        if (channel.equals(SYMBOLS)) {
            return JsonText.read(payload, slice, SymbolStatus::readOnly);
        }
        return JsonText.read(payload, slice, text -> {
            Fields fields = new Fields();
            object(text, fields);
            return fields.isUnused(channel) ? List.of() : fields.events(channel);
        });
    }

    private static void object(JsonText text, Fields fields) {
        text.expectObject();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            if (!name.equals("data")) {
                fields.read(name, text);
            } else if (text.isObject()) {
                object(text, fields);
            } else {
                // a stream of all symbols
                text.skip();
            }
        }
    }

    /**
     * The fields' names are single letters that mean different things in different messages ({@code a}: asks, best ask,
     * trade id), so what a letter holds is read as the token it is.
     */
    private static final class Fields {
        private final List<String> leftOut = new ArrayList<>();
        private @Nullable String flaw;
        private @Nullable String event;
        private @Nullable String stream;
        private @Nullable List<Level> bids;
        private @Nullable List<Level> asks;
        private @Nullable Price bidPx;
        private @Nullable Qty bidQty;
        private @Nullable Price askPx;
        private @Nullable Qty askQty;
        private @Nullable Price price;
        private @Nullable Qty qty;
        private @Nullable Boolean buyerIsMaker;
        private boolean isSnapshot;
        private long eventTime;
        private long tradeTime;
        private long aggregateId = -1;
        private long singleId = -1;
        private long firstSingle;
        private long lastSingle;
        private long firstId = -1;
        private long lastId = -1;
        private long snapshotId;

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
                case "e" -> event = text.string();
                case "stream" -> stream = text.string();
                case "E" -> eventTime = text.epochTime();
                case "T" -> tradeTime = text.epochTime();
                case "U" -> firstId = text.count();
                case "u" -> lastId = text.count();
                case "lastUpdateId" -> snapshotId(text);
                case "bids" -> bids = text.rows(leftOut);
                case "asks" -> asks = text.rows(leftOut);
                case "b" -> bid(text);
                case "a" -> ask(text);
                case "B" -> bidQty = text.isArray() ? skipped(text) : text.qty();
                case "A" -> askQty = text.qty();
                case "p" -> price = text.price();
                case "q" -> qty = text.qty();
                case "t" -> singleId = text.whole();
                case "f" -> firstSingle = text.count();
                case "l" -> lastSingle = text.count();
                case "m" -> buyerIsMaker = text.bool();
                default -> text.skip();
            }
        }

        private void snapshotId(JsonText text) {
            isSnapshot = true;
            snapshotId = text.count();
        }

        /** Whether it is of a documented kind that is not used, or about the connection. */
        boolean isUnused(String channel) {
            if (event != null && UNUSED.contains(event)) {
                return true;
            }
            if (PARTIAL_DEPTH.matcher(channel).matches() || (stream != null && isUnusedStream(stream))) {
                return true;
            }
            boolean isReply = event == null && stream == null && !isSnapshot && lastId < 0;
            return isReply && !channel.equals(SNAPSHOT) && !channel.equals("bookTicker");
        }

        private static boolean isUnusedStream(String stream) {
            int at = stream.indexOf('@');
            return stream.startsWith("!")
                    || (at >= 0
                            && PARTIAL_DEPTH.matcher(stream.substring(at + 1)).matches());
        }

        private static @Nullable Qty skipped(JsonText text) {
            text.skip();
            return null;
        }

        private void bid(JsonText text) {
            if (text.isArray()) {
                bids = text.levels();
            } else {
                bidPx = text.price();
            }
        }

        private void ask(JsonText text) {
            if (text.isArray()) {
                asks = text.levels();
            } else if (text.isNumber() || "aggTrade".equals(event)) {
                // a trade's number is a JSON number, a price is a text; a venue that spells both alike names the event
                // first
                Price number = text.price();
                askPx = number;
                aggregateId = number.value().signum() >= 0
                                && number.value().scale() == 0
                                && number.value().precision() <= MOST_ID_DIGITS
                        ? number.value().longValue()
                        : -1;
            } else {
                askPx = text.price();
            }
        }

        List<VenueEvent> events(String channel) {
            if (flaw != null) {
                throw new IllegalArgumentException(flaw);
            }
            if (isSnapshot) {
                return List.of(snapshot());
            }
            if (channel.equals(SNAPSHOT)) {
                throw new IllegalArgumentException("lastUpdateId: missing");
            }
            return switch (event) {
                case "depthUpdate" -> List.of(depth());
                case "aggTrade" -> List.of(aggregate());
                case "trade" -> List.of(single());
                // the spot book ticker does not name itself
                case "bookTicker" -> List.of(top());
                case null -> List.of(top());
                default -> throw new IllegalArgumentException("e: unknown: \"" + JsonText.shown(event) + "\"");
            };
        }

        private VenueEvent depth() {
            require(bids, "b");
            require(asks, "a");
            if (firstId < 0 || lastId < firstId) {
                throw new IllegalArgumentException("U: missing or beyond u: U=" + firstId + " u=" + lastId);
            }
            return new VenueEvent.BookChange(eventTime, false, firstId, lastId, bids, asks);
        }

        private VenueEvent snapshot() {
            require(bids, "bids");
            require(asks, "asks");
            return new VenueEvent.BookChange(eventTime, true, snapshotId, snapshotId, bids, asks, List.copyOf(leftOut));
        }

        private VenueEvent aggregate() {
            if (aggregateId < 0) {
                throw new IllegalArgumentException("a: missing or negative");
            }
            return trade(aggregateId, new VenueEvent.Covered(true, firstSingle, lastSingle));
        }

        private VenueEvent single() {
            if (singleId < 0) {
                throw new IllegalArgumentException("t: missing or negative");
            }
            return trade(singleId, new VenueEvent.Covered(false, singleId, singleId));
        }

        /** The buyer rested, so the seller was the aggressor. */
        private VenueEvent trade(long id, VenueEvent.Covered covered) {
            require(price, "p");
            require(qty, "q");
            require(buyerIsMaker, "m");
            Side aggressor = buyerIsMaker ? Side.SELL : Side.BUY;
            long time = tradeTime == 0 ? eventTime : tradeTime;
            return new VenueEvent.Print(time, id, price, qty, aggressor, 0, covered);
        }

        /** An empty side is spelt as price and quantity 0. */
        private VenueEvent top() {
            require(bidPx, "b");
            require(bidQty, "B");
            require(askPx, "a");
            require(askQty, "A");
            boolean hasBid = bidPx.value().signum() != 0 || !bidQty.isZero();
            boolean hasAsk = askPx.value().signum() != 0 || !askQty.isZero();
            return new VenueEvent.Top(
                    eventTime,
                    hasBid ? bidPx : null,
                    hasBid ? bidQty : null,
                    hasAsk ? askPx : null,
                    hasAsk ? askQty : null,
                    Math.max(lastId, 0));
        }

        private static void require(@Nullable Object value, String field) {
            if (value == null) {
                throw new IllegalArgumentException(field + ": missing");
            }
        }
    }
}
