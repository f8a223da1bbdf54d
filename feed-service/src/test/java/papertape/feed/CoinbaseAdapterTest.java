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
    void asks_for_the_status_of_all_products_in_a_request_of_its_own() {
        assertThat(adapter.greeting()).containsExactly("{\"type\":\"subscribe\",\"channels\":[{\"name\":\"status\"}]}");
    }

    @Test
    void a_status_message_is_split_into_the_configured_products_texts() {
        String band = "{\"id\":\"BAND-GBP\",\"base_currency\":\"BAND\",\"status\":\"online\",\"limit_only\":true,"
                + "\"status_message\":\"a \\\"} brace\",\"x\":[{\"id\":\"SKL-USD\"}]}";
        String skl = "{ \"status\" : \"offline\", \"id\" : \"SKL-USD\" }";
        String products = "\"products\": [ {\"id\":\"BTC-USD\",\"status\":\"online\"} , " + band + "," + skl + "]";
        String currencies = "\"currencies\":[{\"id\":\"SKL-USD\",\"details\":{\"type\":\"crypto\",\"products\":[]}}]";
        for (String text : List.of(
                "{\"type\":\"status\"," + products + "," + currencies + "}",
                "{" + currencies + "," + products + ",\"type\" : \"status\"}")) {
            Look look = adapter.look(text);
            assertThat(look).isEqualTo(new Look("status", null, Weight.STATUS, text));
            assertThat(adapter.statuses(look))
                    .containsExactly(
                            new Look("status", BAND, Weight.KEEP, "{\"type\":\"status\",\"products\":[" + band + "]}"),
                            new Look("status", SKL, Weight.KEEP, "{\"type\":\"status\",\"products\":[" + skl + "]}"));
        }
    }

    @Test
    void a_status_message_that_is_cut_off_or_without_products_is_passed_on_as_it_is() {
        String whole = "{\"type\":\"status\",\"products\":[{\"id\":\"SKL-USD\",\"status\":\"online\"}]}";
        for (int end = 16; end < whole.length() - 1; end++) {
            String text = whole.substring(0, end);
            assertThat(adapter.look(text).weight()).as(text).isEqualTo(Weight.KEEP);
        }
        for (String text : List.of("{\"type\":\"status\"}", "{\"type\":\"status\",\"message\":\"products\"}")) {
            assertThat(adapter.look(text)).as(text).isEqualTo(new Look("status", null, Weight.KEEP, text));
        }
        String odd = "{\"type\":\"status\",\"products\":[7,{},{\"id\":7},{\"id\":\"\"},[{\"id\":\"\\u0053KL-USD\"}]]}";
        assertThat(adapter.statuses(adapter.look(odd))).isEmpty();
        String twice = "{\"type\":\"status\",\"products\":[{\"id\":\"SKL-USD\",\"a\":1},{\"id\":\"SKL-USD\",\"a\":2}]}";
        assertThat(adapter.statuses(adapter.look(twice)))
                .singleElement()
                .extracting(Look::payload)
                .asString()
                .contains("\"a\":2");
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
