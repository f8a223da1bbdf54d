package papertape.etl;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import papertape.common.config.EtlSettings;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.FeedStatus;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Raw;
import papertape.common.message.Trade;
import papertape.common.testkit.StageTester;
import papertape.common.testkit.StageTester.Sent;
import papertape.common.value.FeedLine;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.MessageId;

/** Feeds venue texts to the stage and shows what it sends as short texts. Times are seconds since {@link #START}. */
final class Feeding {
    /** 2026-01-01T00:00:00Z in microseconds. */
    static final long START = 1_767_225_600_000_000L;

    static final Instrument COINBASE = Instrument.of("COINBASE:X-USD");
    static final Instrument BINANCE = Instrument.of("BINANCE:XUSDT");

    private final StageTester tester;
    private @Nullable EtlStage stage;
    private FeedLine line = FeedLine.A;
    private long numbered;
    private double now;
    private double lag;
    private @Nullable Mark lastMark;

    Feeding(EtlSettings settings) {
        this(settings, false);
    }

    Feeding(EtlSettings settings, boolean isRedundant) {
        tester = new StageTester("etl", context -> {
            stage = new EtlStage(settings, isRedundant, context);
            return stage;
        });
    }

    /** As {@link #plain}, over two lines. */
    static Feeding overTwoLines() {
        return new Feeding(new EtlSettings(List.of(), 1_000_000_000, 0, 0), true);
    }

    /** What follows comes over this line. */
    Feeding over(FeedLine line) {
        this.line = line;
        return this;
    }

    /** Messages that both lines had, only line A, only line B. */
    List<Long> counts() {
        Map<String, Long> counters = Objects.requireNonNull(stage).counters();
        return List.of(
                counters.getOrDefault(FeedLine.BOTH, 0L),
                counters.getOrDefault(FeedLine.A.onlyCounter(), 0L),
                counters.getOrDefault(FeedLine.B.onlyCounter(), 0L));
    }

    long counter(String name) {
        return Objects.requireNonNull(stage).counters().getOrDefault(name, 0L);
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

    /** As {@link #send} with the runtime around it: a text that is refused becomes a dead letter. */
    List<String> say(Instrument instrument, String channel, String payload) {
        List<String> texts = new ArrayList<>();
        for (Sent sent : tester.sendOrSkip(raw(instrument, channel, payload), Channel.RAW)) {
            if (sent.channel() != Channel.MARKS) {
                texts.add((sent.channel() == Channel.CONTROL ? "control " : "") + text(sent.message()));
            }
        }
        return texts;
    }

    StageTester tester() {
        return tester;
    }

    private Raw raw(Instrument instrument, String channel, String payload) {
        long received = micros(now + lag);
        Header header = new Header(MessageId.of(line.stage() + ".0-" + ++numbered), received, null, received);
        return new Raw(header, instrument.venue(), instrument, channel, received, payload);
    }

    List<Sent> send(Instrument instrument, String channel, String payload) {
        return keepMark(tester.send(raw(instrument, channel, payload)));
    }

    private List<Sent> keepMark(List<Sent> sent) {
        for (Sent each : sent) {
            if (each.message() instanceof Mark mark) {
                lastMark = mark;
            }
        }
        return sent;
    }

    Mark lastMark() {
        return Objects.requireNonNull(lastMark);
    }

    /** From now on messages are received this many seconds after the venue's time. */
    Feeding lagging(double seconds) {
        lag = seconds;
        return this;
    }

    /** The feed's time in seconds after the start. All that was sent, marks included, as texts. */
    List<String> clock(double received, double confirmed) {
        return clockOf("COINBASE", received, confirmed);
    }

    List<String> clockOf(String venue, double received, double confirmed) {
        Header header =
                new Header(MessageId.of(line.stage() + ".0-" + ++numbered), micros(received), null, micros(received));
        return keepMark(tester.send(new Clock(header, venue, micros(confirmed)))).stream()
                .map(sent -> text(sent.message()))
                .toList();
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
            case Clock c -> "clock " + seconds(c.ts()) + " " + c.venue() + " confirmed " + seconds(c.confirmed());
            case Mark m -> "mark " + m.price() + " " + m.source();
            default -> throw new AssertionError("not for this stage to send: " + message);
        };
    }

    private static String seconds(long micros) {
        return BigDecimal.valueOf(micros - START, 6).stripTrailingZeros().toPlainString();
    }

    private static String levels(List<Level> levels) {
        return levels.stream().map(level -> level.qty() + "@" + level.px()).collect(Collectors.joining(" "));
    }

    List<String> snapshot(String bids, String asks) {
        return texts(COINBASE, "snapshot", snapshotText(bids, asks, false));
    }

    List<String> timedSnapshot(String bids, String asks) {
        return texts(COINBASE, "snapshot", snapshotText(bids, asks, true));
    }

    String snapshotText(String bids, String asks, boolean isTimed) {
        return "{\"type\":\"snapshot\",\"bids\":[" + bids + "],\"asks\":[" + asks + "]"
                + (isTimed ? ",\"time\":\"" + iso() + "\"" : "") + "}";
    }

    List<String> update(String side, String px, String qty) {
        return texts(COINBASE, "l2update", updateText(side, px, qty));
    }

    String updateText(String side, String px, String qty) {
        return "{\"type\":\"l2update\",\"changes\":[[\"" + side + "\",\"" + px + "\",\"" + qty + "\"]],\"time\":\""
                + iso() + "\"}";
    }

    List<String> match(long id, String px, String qty) {
        return texts(COINBASE, "match", matchText(id, px, qty));
    }

    String matchText(long id, String px, String qty) {
        return "{\"type\":\"match\",\"trade_id\":" + id + ",\"side\":\"sell\",\"size\":\"" + qty + "\",\"price\":\""
                + px + "\",\"sequence\":" + 3 * id + ",\"time\":\"" + iso() + "\"}";
    }

    List<String> heartbeat() {
        return texts(COINBASE, "heartbeat", heartbeatText());
    }

    String heartbeatText() {
        return "{\"type\":\"heartbeat\",\"sequence\":1,\"time\":\"" + iso() + "\"}";
    }

    List<String> notice(Instrument instrument, String status, String detail) {
        return texts(instrument, "feed-status", "{\"status\":\"" + status + "\",\"detail\":\"" + detail + "\"}");
    }

    List<String> depth(long first, long last, String bids, String asks) {
        return texts(BINANCE, "depth", depthText(first, last, bids, asks));
    }

    String depthText(long first, long last, String bids, String asks) {
        return "{\"stream\":\"xusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + micros(now) / 1_000
                + ",\"s\":\"XUSDT\",\"U\":" + first + ",\"u\":" + last + ",\"b\":[" + bids + "],\"a\":[" + asks + "]}}";
    }

    String aggTradeText(long id, String px, String qty) {
        return "{\"stream\":\"xusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":" + micros(now) / 1_000
                + ",\"s\":\"XUSDT\",\"a\":" + id + ",\"p\":\"" + px + "\",\"q\":\"" + qty + "\",\"T\":"
                + micros(now) / 1_000 + ",\"m\":true}}";
    }

    List<String> depthSnapshot(long id, String bids, String asks) {
        return texts(BINANCE, "depthSnapshot", depthSnapshotText(id, bids, asks));
    }

    static String depthSnapshotText(long id, String bids, String asks) {
        return "{\"lastUpdateId\":" + id + ",\"bids\":[" + bids + "],\"asks\":[" + asks + "]}";
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
