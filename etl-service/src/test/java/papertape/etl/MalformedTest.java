package papertape.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import papertape.common.config.EtlSettings;
import papertape.common.message.Raw;
import papertape.common.testkit.StageTester;
import papertape.common.value.Instrument;
import papertape.etl.venue.BinanceAdapter;
import papertape.etl.venue.CoinbaseAdapter;
import papertape.etl.venue.VenueAdapter;

/** Malformed text is refused with the field and the value, and leaves no trace. */
class MalformedTest {
    private final StageTester tester =
            new StageTester("etl", context -> new EtlStage(new EtlSettings(List.of("1s"), 250, 0, 10), false, context));

    private void send(String venue, String channel, String payload) {
        Instrument instrument = Instrument.of(venue, "X");
        tester.send(new Raw(tester.header(1), venue, instrument, channel, 1, payload));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COINBASE | match       | {"type":"match","trade_id":1,"size":"1","price":"1x5"}                   | price: expected a decimal number, was "1x5"
            COINBASE | match       | {"type":"match","trade_id":1,"size":"1"}                                 | price: missing
            COINBASE | match       | {"type":"match","size":"1","price":"1"}                                  | trade_id: missing
            COINBASE | match       | {"type":"match","trade_id":"x","size":"1","price":"1"}                   | trade_id: expected a whole number, was "x"
            COINBASE | match       | {"type":"match","trade_id":99999999999999999999,"size":"1","price":"1"}  | trade_id: expected a whole number
            COINBASE | match       | {"type":"match","trade_id":1,"size":"1","price":"1","side":"up"}         | side: expected buy or sell, was "up"
            COINBASE | l2update    | {"type":"l2update","time":"2026-01-01"}                                  | time: expected a time such as
            COINBASE | l2update    | {"type":"l2update","changes":[["buy","1"]]}                              | changes: expected
            COINBASE | l2update    | {"type":"l2update","changes":[["buy","1","2"]                            | payload: not JSON
            COINBASE | l2update    | {"type":"l2update"}                                                      | changes: missing
            COINBASE | snapshot    | {"type":"snapshot","bids":[]}                                            | asks: missing
            COINBASE | odd         | {"type":"odd"}                                                           | type: unknown: "odd"
            COINBASE | odd         | {}                                                                       | type: missing
            COINBASE | odd         | []                                                                       | expected an object
            COINBASE | heartbeat   | {"type":"heartbeat"} x                                                   | payload: not JSON
            COINBASE | heartbeat   | {"type":"heartbeat"}{}                                                   | payload: text after its end
            COINBASE | rest-ticker | {"message":"NotFound"}                                                   | message: the venue says "NotFound"
            COINBASE | rest-trades | {"message":"NotFound"}                                                   | expected an array
            BINANCE  | depth       | {"data":{"e":"depthUpdate","E":1,"U":5,"u":4,"b":[],"a":[]}}             | U: missing or beyond u
            BINANCE  | depth       | {"data":{"e":"depthUpdate","E":-2}}                                      | E: expected a time since the epoch, was "-2"
            BINANCE  | aggTrade    | {"data":{"e":"aggTrade","a":1,"p":"1","q":"1","m":"no"}}                 | m: expected true or false, was "no"
            BINANCE  | odd         | {"data":{"e":"odd"}}                                                     | e: unknown: "odd"
            SIM      | feed-status | {"status":"odd"}                                                         | status: expected live, stale, gap, resync or halted, was "odd"
            SIM      | feed-status | {"detail":"x"}                                                           | status: missing
            KRAKEN   | trade       | {}                                                                       | venue: unknown: "KRAKEN"
            """)
    void isRefusedWithFieldAndValue(String venue, String channel, String payload, String reason) {
        assertThatThrownBy(() -> send(venue, channel, payload))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void whatConcernsTheConnectionOnlyIsPassedOver() {
        String subscriptions = "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"level2\"}]}";
        assertThat(tester.send(new Raw(tester.header(1), "COINBASE", null, "subscriptions", 1, subscriptions)))
                .isEmpty();
        assertThat(tester.send(new Raw(tester.header(1), "BINANCE", null, "", 1, "{\"result\":null,\"id\":1}")))
                .isEmpty();
    }

    @Test
    void marketDataOfNoInstrumentIsRefused() {
        String trade = "{\"type\":\"match\",\"trade_id\":1,\"size\":\"1\",\"price\":\"1\",\"product_id\":\"B D\"}";
        assertThatThrownBy(() -> tester.send(new Raw(tester.header(1), "COINBASE", null, "match", 1, trade)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instrument: missing");
    }

    @Test
    void truncatedAndGarbledRecordingsAreRefusedAndNeverFailOtherwise() throws IOException {
        int refused = damage("coinbase-2021-04-17.tsv.gz", "COINBASE", new CoinbaseAdapter());
        refused += damage("binance-2021-10-12.tsv.gz", "BINANCE", new BinanceAdapter());
        assertThat(refused).isGreaterThan(1_000);
    }

    private static int damage(String name, String venue, VenueAdapter adapter) throws IOException {
        Path file = Recording.find(name);
        assumeTrue(file != null, "the recording " + name + " is not beside the project");
        Random random = new Random(7);
        int refused = 0;
        for (Raw raw : Recording.read(file, venue)) {
            String text = raw.payload();
            int at = random.nextInt(text.length());
            String truncated = text.substring(0, at);
            assertThatThrownBy(() -> adapter.read(raw.channel(), truncated))
                    .as("seed 7: %s", truncated)
                    .isInstanceOf(IllegalArgumentException.class);
            String garbled = text.substring(0, at) + (char) (' ' + random.nextInt(95)) + text.substring(at + 1);
            try {
                adapter.read(raw.channel(), garbled);
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        return refused;
    }
}
