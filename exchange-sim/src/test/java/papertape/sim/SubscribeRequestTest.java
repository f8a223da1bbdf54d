package papertape.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscribeRequestTest {
    @Test
    void readsCoinbasesWords() {
        assertThat(
                        SubscribeRequest.parse(
                                "{\"type\":\"subscribe\",\"product_ids\":[\"A-B\",\"C-D\"],"
                                        + "\"channels\":[\"level2\",{\"name\":\"ticker\",\"product_ids\":[\"E-F\"]}],\"resume\":{\"A-B\":471}}"))
                .isEqualTo(new SubscribeRequest(
                        true, Set.of("A-B", "C-D", "E-F"), Set.of("level2", "ticker"), Map.of("A-B", 471)));
    }

    @Test
    void readsBinancesWords() {
        assertThat(SubscribeRequest.parse("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"nknusdt@depth@100ms\","
                        + "\"nknusdt@bookTicker\"],\"id\":1}"))
                .isEqualTo(
                        new SubscribeRequest(false, Set.of("NKNUSDT"), Set.of("depth@100ms", "bookTicker"), Map.of()));
    }

    @Test
    void refusesEverythingElse() {
        for (String text : new String[] {
            "",
            "nonsense",
            "[]",
            "1",
            "{}",
            "{\"type\":\"subscribe\",\"product_ids\":[{}]}",
            "{\"type\":\"subscribe\",\"resume\":{\"A-B\":-1}}",
            "{\"type\":\"subscribe\",\"resume\":{\"A-B\":\"1\"}}",
            "{\"method\":\"LIST\"}",
            "{\"method\":\"SUBSCRIBE\",\"params\":[[]]}"
        }) {
            assertThatThrownBy(() -> SubscribeRequest.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
