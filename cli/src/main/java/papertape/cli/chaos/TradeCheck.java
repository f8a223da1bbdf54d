package papertape.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Trade;
import papertape.common.value.Instrument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the trades on {@code ticks} with those that the venue printed: from the first one that was heard on there is
 * every one of them, once, up to the last. The venue numbers them without holes.
 */
public final class TradeCheck {
    /** Trades of an instrument: how many there are, and their lowest and highest number. */
    private record Span(long count, long first, long last) {
        Span with(long id) {
            return new Span(count + 1, Math.min(first, id), Math.max(last, id));
        }
    }

    private static final int CHUNK = 512;
    private static final JsonMapper JSON = new JsonMapper();

    private final Bus bus;
    private final int partitions;
    private final String venue;
    private final Map<Instrument, Span> spans = new TreeMap<>();
    /** The last message that was taken, by partition. */
    private final Map<Integer, Long> read = new TreeMap<>();

    private final MessageCodec codec = new MessageCodec();

    /** @param venue under whose name the simulated venue's instruments go */
    public TradeCheck(Bus bus, int partitions, String venue) {
        this.venue = venue;
        this.bus = bus;
        this.partitions = partitions;
    }

    /**
     * @param venueStats what the venue says it has printed, as its {@code /stats} gives it
     * @return what is wrong, empty when nothing is
     */
    public List<String> run(String venueStats) {
        follow();
        List<String> problems = new ArrayList<>();
        JsonNode products = JSON.readTree(venueStats).path("products");
        products.properties().forEach(product -> {
            Span span = spans.get(Instrument.of(venue, product.getKey()));
            long printed = product.getValue().path("trades").asLong();
            long last = product.getValue().path("lastTradeId").asLong();
            if (span == null) {
                if (printed > 0) {
                    problems.add(product.getKey() + ": no trades of " + printed + " printed");
                }
            } else if (span.last() != last || span.count() != span.last() - span.first() + 1) {
                problems.add(product.getKey() + ": " + span.count() + " trades, numbers " + span.first() + " to "
                        + span.last() + ", of " + printed + " printed up to number " + last);
            }
        });
        return problems;
    }

    /** Takes what has been published since it last looked: journals may be trimmed meanwhile, up to there. */
    public void follow() {
        Map<String, Long> sequences = bus.sequences();
        for (int p = 0; p < partitions; p++) {
            long last = sequences.getOrDefault(Channel.TICKS.text() + "." + p, 0L);
            long next = read.getOrDefault(p, 0L) + 1;
            List<Frame> frames = next > last ? List.of() : bus.journal().read(Channel.TICKS, p, next, CHUNK);
            while (!frames.isEmpty()) {
                for (Frame frame : frames) {
                    add(frame, next);
                    next = frame.last() + 1;
                }
                read.put(p, next - 1);
                frames = next > last ? List.of() : bus.journal().read(Channel.TICKS, p, next, CHUNK);
            }
        }
    }

    private void add(Frame frame, long from) {
        int at = frame.body();
        for (long seq = frame.seq(); seq <= frame.last(); seq++) {
            int end = frame.endOfLine(at);
            if (seq >= from
                    && MessageCodec.peek(frame.bytes(), at, end - at) == Trade.class
                    && codec.decode(frame.bytes(), at, end - at, null) instanceof Trade trade) {
                long id = Long.parseLong(trade.tradeId().value());
                spans.merge(trade.instrument(), new Span(1, id, id), (span, one) -> span.with(id));
            }
            at = end + 1;
        }
    }

    /** Trades that have been found. */
    public long count() {
        return spans.values().stream().mapToLong(Span::count).sum();
    }
}
