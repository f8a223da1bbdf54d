package papertape.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.value.Side;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OrderFlowTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long START = 1_700_000_000_000_000L;

    @Test
    void theSameSeedPrintsTheSameText() {
        assertThat(texts(7, 3000)).isEqualTo(texts(7, 3000)).isNotEqualTo(texts(8, 3000));
    }

    @Test
    void theClockIsTheNumberOfMessagesOverTheRate() {
        List<String> printed = new ArrayList<>();
        OrderFlow flow = flow(1, 500, printed);
        while (flow.micros() < START + 4_000_000) {
            flow.step();
        }
        assertThat(flow.messages()).isBetween(1700L, 2010L);
        assertThat(printed.stream().filter(text -> text.contains("heartbeat"))).hasSize(4 * 3);
    }

    @Test
    void theBookIsNeverCrossedNorOneSidedAndTheUpdatesRebuildIt() {
        for (long seed = 1; seed <= 5; seed++) {
            List<String> printed = new ArrayList<>();
            OrderFlow flow = flow(seed, 1000, printed);
            List<Map<String, BigDecimal>> rebuilt = snapshots(flow);
            for (int i = 0; i < 20_000; i++) {
                flow.step();
                printed.forEach(text -> apply(text, rebuilt));
                printed.clear();
                assertSound(flow, seed, i);
            }
            assertThat(rebuilt).as("seed %d", seed).isEqualTo(snapshots(flow));
        }
    }

    @Test
    void sequencesAndTradeIdsHaveNoGaps() {
        Map<String, Long> sequences = new HashMap<>();
        Map<String, Long> tradeIds = new HashMap<>();
        for (String text : texts(3, 5000)) {
            JsonNode message = JSON.readTree(text);
            String type = message.path("type").stringValue();
            String product = message.path("product_id").stringValue();
            if (type.equals("match") || type.equals("l2update")) {
                long sequence = message.path("sequence").longValue();
                assertThat(sequence).isEqualTo(sequences.getOrDefault(product, 0L) + 1);
                sequences.put(product, sequence);
            }
            if (type.equals("match")) {
                long tradeId = message.path("trade_id").longValue();
                assertThat(tradeId).isEqualTo(tradeIds.getOrDefault(product, 0L) + 1);
                tradeIds.put(product, tradeId);
            }
        }
        assertThat(tradeIds).hasSize(3).allSatisfy((product, last) -> assertThat(last).isGreaterThan(50));
    }

    @Test
    void aMessageReadsAsTheVenuesOwn() {
        JsonNode match = first("\"match\"");
        assertThat(match.propertyNames())
                .containsExactly(
                        "type", "trade_id", "maker_order_id", "taker_order_id", "side", "size", "price", "product_id",
                        "sequence", "time");
        assertThat(match.path("time").stringValue()).matches("2023-11-14T22:13:\\d\\d\\.\\d{6}Z");
        JsonNode ticker = first("\"ticker\"");
        assertThat(ticker.propertyNames())
                .contains("price", "best_bid", "best_bid_size", "best_ask", "best_ask_size", "sequence", "last_size");
        assertThat(first("\"l2update\"").path("changes").path(0).path(0).stringValue())
                .isIn("buy", "sell");
    }

    @Test
    void pricesMoveAndSpreadsStaySmall() {
        OrderFlow flow = flow(11, 1000, new ArrayList<>());
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int i = 0; i < 100_000; i++) {
            flow.step();
            long bid = best(flow, 0, Side.BUY);
            long ask = best(flow, 0, Side.SELL);
            lowest = Math.min(lowest, bid);
            highest = Math.max(highest, bid);
            assertThat(ask - bid).as("spread at step %d", i).isLessThan(bid / 200);
        }
        assertThat(highest - lowest).isGreaterThan(lowest / 2000);
    }

    @Test
    void aHaltedMarketPrintsNothingButHeartbeats() {
        List<String> printed = new ArrayList<>();
        OrderFlow flow = flow(1, 1000, printed);
        flow.halt(0, true);
        for (int i = 0; i < 3000; i++) {
            flow.step();
        }
        assertThat(printed.stream().filter(text -> text.contains("BTC-USD")))
                .isNotEmpty()
                .allMatch(text -> text.contains("heartbeat"));
    }

    private static void assertSound(OrderFlow flow, long seed, int step) {
        for (int i = 0; i < flow.size(); i++) {
            assertThat(best(flow, i, Side.BUY))
                    .as("seed %d, step %d", seed, step)
                    .isLessThan(best(flow, i, Side.SELL));
        }
    }

    private static long best(OrderFlow flow, int instrument, Side side) {
        PriceLevel best = flow.market(instrument).book.best(side);
        assertThat(best).as("best %s", side).isNotNull();
        return best.ticks;
    }

    /** By instrument: side and price to size. */
    private static List<Map<String, BigDecimal>> snapshots(OrderFlow flow) {
        CoinbaseText texts = new CoinbaseText();
        List<Map<String, BigDecimal>> books = new ArrayList<>();
        for (int i = 0; i < flow.size(); i++) {
            JsonNode snapshot = JSON.readTree(texts.snapshot(flow.market(i), 0, START).toString());
            Map<String, BigDecimal> book = new HashMap<>();
            snapshot.path("bids").forEach(level -> put(book, "buy", level.path(0), level.path(1)));
            snapshot.path("asks").forEach(level -> put(book, "sell", level.path(0), level.path(1)));
            books.add(book);
        }
        return books;
    }

    private static void apply(String text, List<Map<String, BigDecimal>> books) {
        if (text.startsWith("{\"type\":\"l2update\"")) {
            JsonNode update = JSON.readTree(text);
            int instrument = List.of("BTC-USD", "ETH-USD", "SOL-USD").indexOf(update.path("product_id").stringValue());
            for (JsonNode change : update.path("changes")) {
                put(books.get(instrument), change.path(0).stringValue(), change.path(1), change.path(2));
            }
        }
    }

    private static void put(Map<String, BigDecimal> book, String side, JsonNode price, JsonNode size) {
        BigDecimal now = new BigDecimal(size.stringValue());
        if (now.signum() == 0) {
            book.remove(side + price.stringValue());
        } else {
            book.put(side + price.stringValue(), now);
        }
    }

    private static JsonNode first(String type) {
        return texts(1, 2000).stream()
                .filter(text -> text.startsWith("{\"type\":" + type))
                .map(JSON::readTree)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(long seed, int steps) {
        List<String> printed = new ArrayList<>();
        OrderFlow flow = flow(seed, 1000, printed);
        for (int i = 0; i < steps; i++) {
            flow.step();
        }
        return printed;
    }

    private static OrderFlow flow(long seed, int rate, List<String> printed) {
        List<SimInstrument> instruments = SimMain.instruments("BTC-USD,ETH-USD,SOL-USD").stream()
                .map(settings -> SimInstrument.of(settings, Map.of()))
                .toList();
        return new OrderFlow(instruments, seed, rate, START, (instrument, channel, text) -> printed.add(text.toString()));
    }
}
