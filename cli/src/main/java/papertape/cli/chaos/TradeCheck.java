package papertape.cli.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.cli.audit.JournalScan;
import papertape.common.bus.Bus;
import papertape.common.message.Channel;
import papertape.common.message.Message;
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

    private static final JsonMapper JSON = new JsonMapper();

    private final Bus bus;
    private final int partitions;
    private final String venue;
    private final Map<Instrument, Span> spans = new TreeMap<>();

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
        Map<String, Long> sequences = new TreeMap<>(bus.sequences());
        sequences.keySet().removeIf(name -> !name.startsWith(Channel.TICKS.text() + "."));
        spans.clear();
        new JournalScan(bus, partitions).run(sequences, this::add);
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

    /** Trades that were found by the last run. */
    public long count() {
        return spans.values().stream().mapToLong(Span::count).sum();
    }

    private void add(Channel channel, Message message) {
        if (message instanceof Trade trade) {
            long id = Long.parseLong(trade.tradeId().value());
            spans.merge(trade.instrument(), new Span(1, id, id), (span, one) -> span.with(id));
        }
    }
}
