package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.value.Instrument;

final class BinanceAdapterTest {
    private static final Instrument NKN = Instrument.of("BINANCE:NKNUSDT");

    private final BinanceAdapter adapter = new BinanceAdapter("BINANCE", List.of(NKN));

    @Test
    void subscribesToThreeStreamsAnInstrument() {
        assertThat(adapter.subscribe(List.of(NKN), Map.of("NKNUSDT", 12L)))
                .containsExactly("{\"method\":\"SUBSCRIBE\",\"params\":[\"nknusdt@depth@100ms\","
                        + "\"nknusdt@bookTicker\",\"nknusdt@aggTrade\"],\"id\":1,\"resume\":{\"NKNUSDT\":12}}");
        assertThat(adapter.unsubscribe(List.of(NKN)))
                .singleElement()
                .asString()
                .startsWith("{\"method\":\"UNSUBSCRIBE\"")
                .endsWith("\"id\":2}");
    }

    @Test
    void tellsKindAndInstrumentByTheStream() {
        String text = "{\"stream\":\"nknusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\"}}";

        assertThat(adapter.look(text)).isEqualTo(new Look("depthUpdate", NKN, Weight.BOOK, text));
        assertThat(adapter.look("{\"stream\":\"ethbtc@bookTicker\",\"data\":{}}")
                        .instrument())
                .isEqualTo(Instrument.of("BINANCE:ETHBTC"));
        assertThat(adapter.look("{\"stream\":\"nknusdt@kline_1m\",\"data\":{}}").channel())
                .isEqualTo("kline");
    }

    @Test
    void takesARecordedSnapshotOutOfItsFrame() {
        String answer = "{\"lastUpdateId\":7,\"bids\":[],\"asks\":[]}";

        Look look = adapter.look(BinanceAdapter.framed(NKN, "depthSnapshot", answer));

        assertThat(look).isEqualTo(new Look("depthSnapshot", NKN, Weight.SNAPSHOT, answer));
    }

    @Test
    void takes_a_recorded_symbol_status_out_of_its_frame() {
        Look part = SymbolStatuses.part(NKN, "{\"symbol\":\"NKNUSDT\",\"status\":\"HALT\"}");

        assertThat(adapter.look(BinanceAdapter.framed(NKN, part.channel(), part.payload())))
                .isEqualTo(part);
    }

    @Test
    void keepsAnswersToItsOwnRequestsToItself() {
        assertThat(adapter.look("{\"result\":null,\"id\":1}").weight()).isEqualTo(Weight.REPLY);
        assertThat(adapter.look("{\"error\":{\"code\":2,\"msg\":\"no\"},\"id\":1}")
                        .weight())
                .isEqualTo(Weight.REPLY);
    }

    @Test
    void passesOnWhatItDoesNotUnderstand() {
        for (String text : List.of("", "{", "{\"stream\":\"", "{\"stream\":\"@bookTicker\"}", "{\"stream\":\"x\"}")) {
            assertThat(adapter.look(text)).isEqualTo(new Look(Look.UNKNOWN, null, Weight.KEEP, text));
        }
    }

    @Test
    void takesWhatCannotBeAnInstrumentForNoneAndNoStreamForTheFeedsOwnChannel() {
        for (String symbol : List.of("b tc", "\u202e", "\u0000")) {
            String text = "{\"stream\":\"" + symbol + "@bookTicker\"}";
            assertThat(adapter.look(text)).isEqualTo(new Look(Look.UNKNOWN, null, Weight.KEEP, text));
        }
        assertThat(adapter.look("{\"stream\":\"nknusdt@feed-status\"}").channel())
                .isEqualTo(Look.UNKNOWN);
    }

    @Test
    void knowsEveryMessageOfTheRecording() throws IOException {
        Map<String, Integer> kinds = new HashMap<>();
        for (String text : Recordings.texts("binance-2021-10-12.tsv.gz")) {
            Look look = adapter.look(text);
            kinds.merge(look.channel(), 1, Integer::sum);
            assertThat(look.instrument()).as(text).isNotNull();
        }
        assertThat(kinds).isEqualTo(Map.of("depthUpdate", 177, "bookTicker", 84, "aggTrade", 2, "kline", 2));
    }
}
