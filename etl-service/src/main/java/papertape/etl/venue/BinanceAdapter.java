package papertape.etl.venue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.Side;

/**
 * Binance: combined streams ({@code {"stream":..,"data":{..}}}) of diff depth, book ticker and aggregate trades, and the
 * REST interface's depth (channel {@code depthSnapshot}), which is the only snapshot there is. Klines say nothing that
 * the trades do not.
 *
 * <p>Quotes come from the book ticker: it is the venue's own top of book in real time, whereas depth comes every 100 ms
 * and is worth nothing without a snapshot. Book tickers have no time of their own.
 */
public final class BinanceAdapter implements VenueAdapter {
    private final JsonText.Slice slice = new JsonText.Slice();

    @Override
    public boolean quotesFromBook() {
        return false;
    }

    @Override
    public List<VenueEvent> read(String channel, String payload) {
        return JsonText.read(payload, slice, text -> {
            Fields fields = new Fields();
            object(text, fields);
            return fields.events();
        });
    }

    private static void object(JsonText text, Fields fields) {
        text.expectObject();
        for (String name = text.nextField(); name != null; name = text.nextField()) {
            if (name.equals("data")) {
                object(text, fields);
            } else {
                fields.read(name, text);
            }
        }
    }

    /**
     * The fields' names are single letters that mean different things in different messages ({@code a}: asks, best ask,
     * trade id), so what a letter holds is read as the token it is.
     */
    private static final class Fields {
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
        private long eventTime;
        private long tradeTime;
        private long tradeId = -1;
        private long firstId = -1;
        private long lastId = -1;
        private long snapshotId = -1;

        void read(String name, JsonText text) {
            switch (name) {
                case "e" -> event = text.string();
                case "stream" -> stream = text.string();
                case "E" -> eventTime = text.millis();
                case "T" -> tradeTime = text.millis();
                case "U" -> firstId = text.whole();
                case "u" -> lastId = text.whole();
                case "lastUpdateId" -> snapshotId = text.whole();
                case "bids" -> bids = text.levels();
                case "asks" -> asks = text.levels();
                case "b" -> bid(text);
                case "a" -> ask(text);
                case "B" -> bidQty = text.isArray() ? skipped(text) : text.qty();
                case "A" -> askQty = text.qty();
                case "p" -> price = text.price();
                case "q" -> qty = text.qty();
                case "m" -> buyerIsMaker = text.bool();
                case "error", "msg" -> throw text.bad("no error from the venue");
                default -> text.skip();
            }
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
            } else if (text.isWhole()) {
                tradeId = text.whole();
            } else {
                askPx = text.price();
            }
        }

        List<VenueEvent> events() {
            if (snapshotId >= 0) {
                return List.of(snapshot());
            }
            return switch (event) {
                case "depthUpdate" -> List.of(depth());
                case "aggTrade" -> List.of(trade());
                case "kline" -> List.of();
                case "bookTicker" -> List.of(top());
                case null -> unnamed();
                default -> throw new IllegalArgumentException("e: unknown: \"" + JsonText.shown(event) + "\"");
            };
        }

        /** The spot book ticker does not name itself; the answer to a subscription has no stream. */
        private List<VenueEvent> unnamed() {
            if (stream == null && lastId < 0) {
                return List.of();
            }
            return List.of(top());
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
            return new VenueEvent.BookChange(eventTime, true, snapshotId, snapshotId, bids, asks);
        }

        /** The buyer rested, so the seller was the aggressor. */
        private VenueEvent trade() {
            require(price, "p");
            require(qty, "q");
            require(buyerIsMaker, "m");
            if (tradeId < 0) {
                throw new IllegalArgumentException("a: missing or negative");
            }
            Side aggressor = buyerIsMaker ? Side.SELL : Side.BUY;
            return new VenueEvent.Print(tradeTime == 0 ? eventTime : tradeTime, tradeId, price, qty, aggressor, 0);
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
