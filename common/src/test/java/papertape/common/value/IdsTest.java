package papertape.common.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "a b",
            "a\tb",
            "a\nb",
            "a\u001b[2J",
            "a\u0007",
            "a\u202eb",
            "a\u200bb",
            "a\u0000",
            "<script>",
            "d;mo",
            "d'mo",
            "d\"mo",
            "d\\mo",
            "d|mo",
            "d$mo",
            "d{mo}",
            "../demo",
            "-demo",
            ".demo",
            "_demo",
            "d\u00e9mo",
            "\ufeffdemo",
            "d\uff0fmo",
            "\ud800",
            "\u0661");

    @Test
    void namesHaveTheirAlphabetAndLength() {
        for (Function<String, ?> read : List.<Function<String, ?>>of(AccountId::of, StrategyId::of)) {
            for (String name : List.of("a", "A9", "demo", "my.fund_2-b", "0", "x".repeat(64))) {
                assertThat(read.apply(name)).hasToString(name);
            }
            HOSTILE.forEach(name -> assertRefused(read, name));
            assertRefused(read, "d/mo");
            assertRefused(read, "d:mo");
            assertRefused(read, "x".repeat(65));
        }
    }

    @Test
    void aStarStandsForAllAccountsAndForNoStrategy() {
        assertThat(AccountId.of("*").value()).isEqualTo("*");
        assertRefused(StrategyId::of, "*");
        assertRefused(AccountId::of, "**");
    }

    @Test
    void ordersAreNamedAsVenuesAndThisStackNameThem() {
        for (String name :
                List.of("a1", "1123-060145-k7f", "trend-7-19", "hand:1/2", "b-tp", "o_1.x", "x".repeat(128))) {
            assertThat(OrderId.of(name)).hasToString(name);
        }
        HOSTILE.forEach(name -> assertRefused(OrderId::of, name));
        assertRefused(OrderId::of, "x".repeat(129));
        assertRefused(OrderId::of, "*");
    }

    @Test
    void aRefusalNamesTheValueVisiblyAndWhatIsAccepted() {
        assertThatThrownBy(() -> AccountId.of("d\u202emo\u0007"))
                .hasMessage(
                        "not an account: \"d\\u202emo\\u0007\" (accepted: 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or"
                                + " digit)");
        assertThatThrownBy(() -> OrderId.of("x".repeat(1_000))).hasMessageContaining("\"" + "x".repeat(40) + "...\"");
    }

    @Test
    void anInstrumentMayBeNamedInAnyScriptAndHoldsNothingUnseen() {
        for (String name : List.of("SIM:BTC-USD", "BINANCE:币安人生USDT", "X:ÖL/EUR", "X:1000SATS", "X:नमस्ते", "X:a:b")) {
            assertThat(Instrument.of(name)).hasToString(name);
        }
        for (String name : List.of(
                "BTC",
                ":BTC",
                "X:",
                "X: BTC",
                "X:B\u202eTC",
                "X:B\u200dTC",
                "X:B\u0007",
                "X:B\"",
                "X:B\u00a0C",
                "X:\ud800",
                "币安:BTC",
                "X:" + "x".repeat(63))) {
            assertRefused(Instrument::of, name);
        }
    }

    private static void assertRefused(Function<String, ?> read, String name) {
        assertThatThrownBy(() -> read.apply(name))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accepted: ");
    }
}
