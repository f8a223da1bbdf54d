package papertape.sim;

import papertape.common.value.Side;

/** Writes what happens in a market as Coinbase Exchange prints it. One instance a thread: the text is used again. */
final class CoinbaseText {
    /** Levels a side of a REST book at level 1, and of one at level 2: all. */
    static final int BEST_ONLY = 1;

    static final int ALL_LEVELS = Integer.MAX_VALUE;

    private final VirtualTime time = new VirtualTime();
    private final JsonText text = new JsonText();

    /** Begins an update of levels, to which {@link #change} adds and which {@link #endUpdate} ends. */
    static void beginUpdate(JsonText update, SimInstrument instrument) {
        update.clear().add("{\"type\":\"l2update\",\"product_id\":\"").add(instrument.product());
        update.add("\",\"changes\":[");
    }

    static void change(JsonText update, SimInstrument instrument, Side side, long ticks, long lots) {
        update.add(side == Side.BUY ? "[\"buy\",\"" : "[\"sell\",\"");
        price(update, instrument, ticks).add("\",\"");
        size(update, instrument, lots).add("\"],");
    }

    /** The sequence is an extra that the venue's own book channel lacks; readers of its format pass it over. */
    void endUpdate(JsonText update, long micros, long sequence) {
        update.dropLast(',');
        update.add("],\"time\":\"");
        time.write(update, micros);
        update.add("\",\"sequence\":").add(sequence).add('}');
    }

    /** @param type {@code match}, or {@code last_match} for the one a new subscriber starts with */
    JsonText match(String type, SimInstrument instrument, PrintedTrade trade) {
        text.clear().add("{\"type\":\"").add(type).add("\",\"trade_id\":").add(trade.tradeId());
        orderId(text.add(",\"maker_order_id\":\""), trade.makerId());
        orderId(text.add("\",\"taker_order_id\":\""), trade.takerId());
        text.add("\",\"side\":\"").add(word(trade.makerSide()));
        size(text.add("\",\"size\":\""), instrument, trade.lots());
        price(text.add("\",\"price\":\""), instrument, trade.ticks());
        text.add("\",\"product_id\":\"").add(instrument.product());
        text.add("\",\"sequence\":").add(trade.sequence()).add(",\"time\":\"");
        time.write(text, trade.micros());
        return text.add("\"}");
    }

    /** The trade's price beside the best bid and ask after it; its side is the taker's, as the venue has it here. */
    JsonText ticker(Market market, PrintedTrade trade) {
        SimInstrument instrument = market.instrument;
        text.clear().add("{\"type\":\"ticker\",\"sequence\":").add(trade.sequence());
        text.add(",\"product_id\":\"").add(instrument.product());
        price(text.add("\",\"price\":\""), instrument, trade.ticks()).add('"');
        best(market, Side.BUY, ",\"best_bid\":\"", ",\"best_bid_size\":\"");
        best(market, Side.SELL, ",\"best_ask\":\"", ",\"best_ask_size\":\"");
        text.add(",\"side\":\"").add(word(trade.makerSide().opposite())).add("\",\"time\":\"");
        time.write(text, trade.micros());
        text.add("\",\"trade_id\":").add(trade.tradeId());
        size(text.add(",\"last_size\":\""), instrument, trade.lots());
        return text.add("\"}");
    }

    JsonText heartbeat(SimInstrument instrument, long sequence, long lastTradeId, long micros) {
        text.clear().add("{\"type\":\"heartbeat\",\"last_trade_id\":").add(lastTradeId);
        text.add(",\"product_id\":\"").add(instrument.product());
        text.add("\",\"sequence\":").add(sequence).add(",\"time\":\"");
        time.write(text, micros);
        return text.add("\"}");
    }

    JsonText snapshot(Market market, long sequence, long micros) {
        text.clear().add("{\"type\":\"snapshot\",\"product_id\":\"").add(market.instrument.product());
        text.add("\",\"asks\":[");
        levels(market, Side.SELL, ALL_LEVELS, false);
        text.add("],\"bids\":[");
        levels(market, Side.BUY, ALL_LEVELS, false);
        text.add("],\"time\":\"");
        time.write(text, micros);
        return text.add("\",\"sequence\":").add(sequence).add('}');
    }

    /** The book as REST gives it: each level with its number of orders. */
    JsonText restBook(Market market, int depth, long sequence, long micros) {
        text.clear().add("{\"bids\":[");
        levels(market, Side.BUY, depth, true);
        text.add("],\"asks\":[");
        levels(market, Side.SELL, depth, true);
        text.add("],\"sequence\":").add(sequence).add(",\"time\":\"");
        time.write(text, micros);
        return text.add("\"}");
    }

    JsonText restTicker(Market market, long micros) {
        text.clear().add('{');
        PrintedTrade trade = market.lastTrade();
        if (trade != null) {
            text.add("\"trade_id\":").add(trade.tradeId()).add(",");
            price(text.add("\"price\":\""), market.instrument, trade.ticks());
            size(text.add("\",\"size\":\""), market.instrument, trade.lots()).add("\",");
        }
        text.add("\"time\":\"");
        time.write(text, trade == null ? micros : trade.micros());
        text.add('"');
        best(market, Side.BUY, ",\"bid\":\"", ",\"bid_size\":\"");
        best(market, Side.SELL, ",\"ask\":\"", ",\"ask_size\":\"");
        return text.add('}');
    }

    JsonText restTrades(SimInstrument instrument, Iterable<PrintedTrade> trades) {
        text.clear().add('[');
        for (PrintedTrade trade : trades) {
            text.add("{\"time\":\"");
            time.write(text, trade.micros());
            text.add("\",\"trade_id\":").add(trade.tradeId());
            price(text.add(",\"price\":\""), instrument, trade.ticks());
            size(text.add("\",\"size\":\""), instrument, trade.lots());
            text.add("\",\"side\":\"").add(word(trade.makerSide())).add("\"},");
        }
        text.dropLast(',');
        return text.add(']');
    }

    JsonText restTime(long micros) {
        text.clear().add("{\"iso\":\"");
        time.write(text, micros);
        return text.add("\",\"epoch\":").decimal(micros, 6).add('}');
    }

    private void levels(Market market, Side side, int depth, boolean counted) {
        int left = depth;
        for (PriceLevel level : market.book.levels(side)) {
            if (left-- == 0) {
                break;
            }
            price(text.add("[\""), market.instrument, level.ticks);
            size(text.add("\",\""), market.instrument, level.lots).add('"');
            if (counted) {
                text.add(',').add((long) level.orders.size());
            }
            text.add("],");
        }
        text.dropLast(',');
    }

    private void best(Market market, Side side, String price, String size) {
        PriceLevel best = market.book.best(side);
        if (best != null) {
            price(text.add(price), market.instrument, best.ticks);
            size(text.add('"').add(size), market.instrument, best.lots).add('"');
        }
    }

    private static JsonText price(JsonText text, SimInstrument instrument, long ticks) {
        return text.decimal(ticks * instrument.tick(), instrument.priceScale());
    }

    private static JsonText size(JsonText text, SimInstrument instrument, long lots) {
        return text.decimal(lots * instrument.lot(), instrument.sizeScale());
    }

    private static void orderId(JsonText text, long id) {
        text.add("00000000-0000-4000-8000-").hex(id, 12);
    }

    private static String word(Side side) {
        return side == Side.BUY ? "buy" : "sell";
    }
}
