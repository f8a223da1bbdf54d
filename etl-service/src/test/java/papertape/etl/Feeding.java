package papertape.etl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import papertape.common.config.EtlSettings;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.FeedStatus;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Raw;
import papertape.common.message.Trade;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.Instrument;
import papertape.common.value.Level;

/** Feeds venue texts to the stage and shows what it sends as short texts. Times are seconds since {@link #START}. */
final class Feeding {
    /** 2026-01-01T00:00:00Z in microseconds. */
    static final long START = 1_767_225_600_000_000L;

    static final Instrument COINBASE = Instrument.of("COINBASE:X-USD");
    static final Instrument BINANCE = Instrument.of("BINANCE:XUSDT");

    private final StageTester tester;
    private double now;

    Feeding(EtlSettings settings) {
        tester = new StageTester("etl", context -> new EtlStage(settings, context));
    }

    /** No bars, no marks worth the name, the whole book, no limit of jumps. */
    static Feeding plain() {
        return new Feeding(new EtlSettings(List.of(), 1_000_000_000, 0, 0));
    }

    void restart() {
        tester.restart();
    }

    Feeding at(double seconds) {
        now = seconds;
        return this;
    }

    static long micros(double seconds) {
        return START + Math.round(seconds * 1e6);
    }

    private String iso() {
        return String.format(Locale.ROOT, "2026-01-01T00:%02d:%09.6fZ", (int) now / 60, now % 60);
    }

    List<Sent> send(Instrument instrument, String channel, String payload) {
        return tester.send(
                new Raw(tester.header(micros(now)), instrument.venue(), instrument, channel, micros(now), payload));
    }

    /** All that was sent but marks, as texts. */
    private List<String> texts(Instrument instrument, String channel, String payload) {
        List<String> texts = new ArrayList<>();
        for (Sent sent : send(instrument, channel, payload)) {
            if (sent.channel() != Channel.MARKS) {
                texts.add((sent.channel() == Channel.CONTROL ? "control " : "") + text(sent.message()));
            }
        }
        return texts;
    }

    static String text(Message message) {
        return switch (message) {
            case Quote q -> "quote " + q.bidQty() + "@" + q.bidPx() + " " + q.askQty() + "@" + q.askPx();
            case Trade t -> "trade " + t.tradeId() + " " + t.side() + " " + t.qty() + "@" + t.price();
            case Book b -> (b.snapshot() ? "snapshot " : "book ") + levels(b.bids()) + " / " + levels(b.asks());
            case Bar b ->
                "bar " + b.interval() + " " + (b.ts() - START) / 1_000_000 + " " + b.open() + " " + b.high()
                        + " " + b.low() + " " + b.close() + " volume " + b.volume() + " vwap " + b.vwap() + " trades "
                        + b.trades() + (b.closed() ? "" : " open");
            case FeedStatus s -> s.status() + (s.detail().isEmpty() ? "" : ": " + s.detail());
            case Mark m -> "mark " + m.price() + " " + m.source();
            default -> throw new AssertionError("not for this stage to send: " + message);
        };
    }

    private static String levels(List<Level> levels) {
        return levels.stream().map(level -> level.qty() + "@" + level.px()).collect(Collectors.joining(" "));
    }

    List<String> snapshot(String bids, String asks) {
        return texts(COINBASE, "snapshot", "{\"type\":\"snapshot\",\"bids\":[" + bids + "],\"asks\":[" + asks + "]}");
    }

    List<String> update(String side, String px, String qty) {
        return texts(
                COINBASE,
                "l2update",
                "{\"type\":\"l2update\",\"changes\":[[\"" + side + "\",\"" + px + "\",\"" + qty + "\"]],\"time\":\""
                        + iso() + "\"}");
    }

    List<String> match(long id, String px, String qty) {
        return texts(COINBASE, "match", matchText(id, px, qty));
    }

    String matchText(long id, String px, String qty) {
        return "{\"type\":\"match\",\"trade_id\":" + id + ",\"side\":\"sell\",\"size\":\"" + qty + "\",\"price\":\""
                + px + "\",\"sequence\":" + 3 * id + ",\"time\":\"" + iso() + "\"}";
    }

    List<String> heartbeat() {
        return texts(COINBASE, "heartbeat", "{\"type\":\"heartbeat\",\"sequence\":1,\"time\":\"" + iso() + "\"}");
    }

    List<String> notice(Instrument instrument, String status, String detail) {
        return texts(instrument, "feed-status", "{\"status\":\"" + status + "\",\"detail\":\"" + detail + "\"}");
    }

    List<String> depth(long first, long last, String bids, String asks) {
        return texts(
                BINANCE,
                "depth",
                "{\"stream\":\"xusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + micros(now) / 1_000
                        + ",\"s\":\"XUSDT\",\"U\":" + first + ",\"u\":" + last + ",\"b\":[" + bids + "],\"a\":[" + asks
                        + "]}}");
    }

    List<String> depthSnapshot(long id, String bids, String asks) {
        return texts(
                BINANCE,
                "depthSnapshot",
                "{\"lastUpdateId\":" + id + ",\"bids\":[" + bids + "],\"asks\":[" + asks + "]}");
    }

    List<String> bookTicker(long id, String bid, String bidQty, String ask, String askQty) {
        return texts(
                BINANCE,
                "bookTicker",
                "{\"stream\":\"xusdt@bookTicker\",\"data\":{\"u\":" + id + ",\"s\":\"XUSDT\",\"b\":\"" + bid
                        + "\",\"B\":\"" + bidQty + "\",\"a\":\"" + ask + "\",\"A\":\"" + askQty + "\"}}");
    }

    static String level(String px, String qty) {
        return "[\"" + px + "\",\"" + qty + "\"]";
    }
}
