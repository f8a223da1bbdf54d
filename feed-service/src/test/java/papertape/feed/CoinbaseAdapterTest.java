package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import papertape.common.config.Secret;
import papertape.common.value.Instrument;

final class CoinbaseAdapterTest {
    private static final Instrument BAND = Instrument.of("COINBASE:BAND-GBP");
    private static final Instrument SKL = Instrument.of("COINBASE:SKL-USD");

    private static CoinbaseAdapter adapter(Signer signer) {
        return new CoinbaseAdapter("COINBASE", List.of(BAND, SKL), "level2_batch", signer);
    }

    private final CoinbaseAdapter adapter = adapter(new Signer(Secret.NONE, Secret.NONE, Secret.NONE, () -> 0));

    @Test
    void subscribesToTheFourChannelsWithoutCredentialsOrResume() {
        assertThat(adapter.subscribe(List.of(BAND, SKL), Map.of()))
                .containsExactly("{\"type\":\"subscribe\",\"product_ids\":[\"BAND-GBP\",\"SKL-USD\"],"
                        + "\"channels\":[\"level2_batch\",\"ticker\",\"matches\",\"heartbeat\"]}");
    }

    @Test
    void namesWhatIsThereAlreadyWhenItResumes() {
        assertThat(adapter.subscribe(List.of(BAND), Map.of("BAND-GBP", 471L, "*", 3L)))
                .singleElement()
                .asString()
                .endsWith("\"heartbeat\"],\"resume\":{\"*\":3,\"BAND-GBP\":471}}");
    }

    @Test
    void takesOnlyTheBookAnewOnAResync() {
        assertThat(adapter.resync(SKL))
                .containsExactly(
                        "{\"type\":\"unsubscribe\",\"product_ids\":[\"SKL-USD\"],\"channels\":[\"level2_batch\"]}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"SKL-USD\"],\"channels\":[\"level2_batch\"]}");
    }

    @Test
    void signsWithTheSecretOverTimestampMethodAndPath() {
        // The signature was computed with openssl: printf '1700000000GET/users/self/verify' | openssl dgst -sha256
        // -hmac topsecret -binary | base64
        Secret secret = new Secret(Base64.getEncoder().encodeToString("topsecret".getBytes(StandardCharsets.UTF_8)));
        CoinbaseAdapter signing =
                adapter(new Signer(new Secret("k"), secret, new Secret("p\"q"), () -> 1_700_000_000L));

        assertThat(signing.subscribe(List.of(BAND), Map.of()))
                .singleElement()
                .asString()
                .contains(
                        "\"signature\":\"PALALR6iS+RHz6dg/rK0NTLSOjTGDivBYGtly1hzVsM=\",\"key\":\"k\",\"passphrase\":\"p\\\"q\","
                                + "\"timestamp\":\"1700000000\"}");
    }

    @Test
    void tellsKindAndProductAndLeavesTheTextAlone() {
        String text = "{\"type\":\"l2update\",\"product_id\":\"SKL-USD\",\"changes\":[[\"sell\",\"0.79\",\"1\"]]}";

        assertThat(adapter.look(text)).isEqualTo(new Look("l2update", SKL, Weight.BOOK, text));
    }

    @Test
    void readsFieldsInAnyOrderAndWithSpaces() {
        Look look = adapter.look("{ \"product_id\" : \"BAND-GBP\" ,\n \"type\" : \"match\" }");

        assertThat(look.channel()).isEqualTo("match");
        assertThat(look.instrument()).isEqualTo(BAND);
        assertThat(look.weight()).isEqualTo(Weight.KEEP);
    }

    @Test
    void hasNoInstrumentForMessagesAboutTheConnection() {
        Look look = adapter.look(
                "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"level2\",\"product_ids\":[\"BAND-GBP\"]}]}");

        assertThat(look.channel()).isEqualTo("subscriptions");
        assertThat(look.instrument()).isNull();
    }

    @Test
    void passesOnWhatItDoesNotUnderstand() {
        for (String text : List.of("", "{", "nonsense", "{\"type\":", "{\"type\":\"tick", "{\"type\":7}", "\"type\"")) {
            assertThat(adapter.look(text)).isEqualTo(new Look(Look.UNKNOWN, null, Weight.KEEP, text));
        }
        String hugeId = "x".repeat(200);
        assertThat(adapter.look("{\"type\":\"ticker\",\"product_id\":\"" + hugeId + "\"}")
                        .instrument())
                .isNull();
    }

    @Test
    void takesWhatCannotBeAnInstrumentForNone() {
        for (String id : List.of(" ", "BTC USD", "\u202e", "\u0000", "BAND-GBP\\", "\ud83d\ude00", "x".repeat(56))) {
            String text = "{\"type\":\"match\",\"product_id\":\"" + id + "\"}";
            assertThat(adapter.look(text)).as(id).isEqualTo(new Look("match", null, Weight.KEEP, text));
        }
        assertThat(adapter.look("{\"type\":\"match\",\"product_id\":\"DOGE-USD\"}")
                        .instrument())
                .isEqualTo(Instrument.of("COINBASE:DOGE-USD"));
    }

    @Test
    void noTypePassesForAChannelOfTheFeedItself() {
        for (String type : List.of("feed-status", "rest-trades", "rest-ticker", "t".repeat(41))) {
            String text = "{\"type\":\"" + type + "\",\"product_id\":\"SKL-USD\",\"status\":\"halted\"}";
            assertThat(adapter.look(text)).isEqualTo(new Look(Look.UNKNOWN, SKL, Weight.KEEP, text));
        }
    }

    @Test
    void aTradeNumberThatIsNoNumberIsNone() {
        for (String id : List.of("99999999999999999999", "9223372036854775808", "18446744073709551621")) {
            assertThat(adapter.tradeId(adapter.look("{\"type\":\"match\",\"trade_id\":" + id + "}")))
                    .as(id)
                    .isEqualTo(-1);
        }
        assertThat(adapter.tradeId(adapter.look("{\"type\":\"match\",\"trade_id\":922337203685477580}")))
                .isEqualTo(922_337_203_685_477_580L);
    }

    @Test
    void everyPrefixOfAMessageHasAnAnswer() {
        String text = "{\"type\":\"ticker\",\"product_id\":\"SKL-USD\",\"price\":\"1\"}";
        for (int end = 0; end <= text.length(); end++) {
            assertThat(adapter.look(text.substring(0, end)).payload()).hasSize(end);
        }
    }

    @Test
    void knowsEveryMessageOfTheRecording() throws IOException {
        Map<String, Integer> kinds = new HashMap<>();
        for (String text : Recordings.texts("coinbase-2021-04-17.tsv.gz")) {
            Look look = adapter.look(text);
            kinds.merge(look.channel(), 1, Integer::sum);
            assertThat(look.instrument() == null).isEqualTo(look.channel().equals("subscriptions"));
        }
        assertThat(kinds)
                .isEqualTo(Map.of(
                        "l2update",
                        5764,
                        "last_match",
                        5,
                        "match",
                        72,
                        "snapshot",
                        5,
                        "subscriptions",
                        3,
                        "ticker",
                        77));
    }
}
