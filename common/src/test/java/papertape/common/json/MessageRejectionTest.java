package papertape.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text that is not a message is refused, and the reason names the field and the value. */
class MessageRejectionTest {
    private static final String TRADE =
            "{\"type\":\"trade\",\"id\":\"etl.3-8\",\"ts\":1,\"origin\":1,\"instrument\":\"X:Y\",\"price\":\"1.5\",\"qty\":\"2\","
                    + "\"side\":\"buy\",\"tradeId\":\"77\",\"venueSeq\":0}";

    private final MessageCodec codec = new MessageCodec();

    @Test
    void theTextUnderTestIsGood() {
        assertThat(codec.encode(codec.decode(TRADE))).isEqualTo(TRADE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"price\":\"1.5\",        | ``                                    | field price is missing",
                "\"price\":\"1.5\"         | \"price\":1.5                         | field price must be a decimal number as a string, was 1.5",
                "\"price\":\"1.5\"         | \"price\":true                        | field price must be a decimal number as a string, was true",
                "\"price\":\"1.5\"         | \"price\":null                        | field price must be a decimal number as a string, was null",
                "\"price\":\"1.5\"         | \"price\":{}                          | field price must be a decimal number as a string, was START_OBJECT",
                "\"price\":\"1.5\"         | \"price\":\"1e5\"                     | field price: not a decimal number: \"1e5\"",
                "\"price\":\"1.5\"         | \"price\":\"+1\"                      | field price: not a decimal number: \"+1\"",
                "\"price\":\"1.5\"         | \"price\":\".5\"                      | field price: not a decimal number: \".5\"",
                "\"price\":\"1.5\"         | \"price\":\"5.\"                      | field price: not a decimal number: \"5.\"",
                "\"price\":\"1.5\"         | \"price\":\"-\"                       | field price: not a decimal number: \"-\"",
                "\"price\":\"1.5\"         | \"price\":\"\"                        | field price: not a decimal number: \"\"",
                "\"price\":\"1.5\"         | \"price\":\"0.0000000000000000001\"   | field price: \"0.0000000000000000001\" is not a number of at most 20 digits before and 18 after the point",
                "\"price\":\"1.5\"         | \"price\":\"100000000000000000000\"   | field price: \"100000000000000000000\" is not a number of at most 20 digits",
                "\"price\":\"1.5\"         | \"price\":\"NaN\"                     | field price: not a decimal number: \"NaN\"",
                "\"price\":\"1.5\"         | \"price\":\"1\",\"price\":\"2\"       | field price occurs twice",
                "\"side\":\"buy\"          | \"side\":null,\"side\":\"buy\"        | field side occurs twice",
                "\"type\":\"trade\",       | \"type\":\"trade\",\"type\":\"quote\",| field type occurs twice",
                "\"type\":\"trade\",       | \"x\":1,\"type\":\"trade\",\"type\":\"quote\",| field type occurs twice",
                "\"type\":\"trade\"        | \"type\":\"deal\"                     | field type must be one of raw, trade, quote, book, bar, feedStatus, clock, mark,",
                "\"type\":\"trade\"        | \"type\":7                            | field type must be one of raw",
                "\"type\":\"trade\",       | ``                                    | field type is missing",
                "\"side\":\"buy\"          | \"side\":\"BUY\"                      | field side must be one of buy, sell, was BUY",
                "\"side\":\"buy\"          | \"side\":1                            | field side must be one of buy, sell, was 1",
                "\"ts\":1                  | \"ts\":1.5                            | field ts must be a whole number, was 1.5",
                "\"ts\":1                  | \"ts\":\"1\"                          | field ts must be a whole number, was 1",
                "\"ts\":1                  | \"ts\":9223372036854775808            | field ts must be a whole number, was 9223372036854775808",
                "\"ts\":1                  | \"ts\":1e400                          | field ts must be a whole number, was 1e400",
                "\"ts\":1                  | \"ts\":NaN                            | not JSON",
                "\"ts\":1                  | \"ts\":-Infinity                      | not JSON",
                "\"ts\":1                  | \"ts\":01                             | not JSON",
                "\"instrument\":\"X:Y\"    | \"instrument\":\"XY\"                 | field instrument: not an instrument: \"XY\"",
                "\"instrument\":\"X:Y\"    | \"instrument\":\"X: Y\"               | field instrument: not an instrument: \"X: Y\"",
                "\"id\":\"etl.3-8\"        | \"id\":\"a b\"                        | field id: not a message id: \"a b\"",
                "\"id\":\"etl.3-8\"        | \"id\":\"\"                           | field id: not a message id: \"\"",
                "\"tradeId\":\"77\"        | \"tradeId\":77                        | field tradeId must be a string, was 77",
                "\"venueSeq\":0            | \"venueSeq\":0,                       | not JSON",
            })
    void names(String part, String instead, String reason) {
        assertThat(TRADE).contains(part);

        assertThatThrownBy(() -> codec.decode(TRADE.replace(part, instead)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | not a JSON object",
                "null | not a JSON object",
                "[] | not a JSON object",
                "17 | not a JSON object",
                "{} | field type is missing",
                "{ | not JSON",
                "{\"type\" | not JSON",
                "{\"type\":\"trade\" | not JSON",
                "hello | not JSON",
            })
    void refuses(String text, String reason) {
        assertThatThrownBy(() -> codec.decode(text))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesTextThatFollows() {
        assertThatThrownBy(() -> codec.decode(TRADE + TRADE)).hasMessage("text follows the JSON object");
        assertThatThrownBy(() -> codec.decode(TRADE + "]")).isInstanceOf(CodecException.class);
    }

    @Test
    void refusesDeepNestingEvenInFieldsItDoesNotKnow() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThatThrownBy(() -> codec.decode(TRADE.replace("\"ts\":1", "\"ts\":1,\"x\":" + deep)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void refusesNumbersOfManyDigits() {
        String digits = "9".repeat(100_000);

        assertThatThrownBy(() -> codec.decode(TRADE.replace("\"1.5\"", "\"" + digits + "\"")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("field price: not a decimal number: \"9999")
                .message()
                .hasSizeLessThan(200);
        assertThatThrownBy(() -> codec.decode(TRADE.replace("\"ts\":1", "\"ts\":" + digits)))
                .isInstanceOf(CodecException.class)
                .message()
                .hasSizeLessThan(300);
    }

    /** Jackson reads a slash where no check of the bytes has seen one. */
    @Test
    void refusesAnOverlongSlashAndNamesTheByte() {
        byte[] text = TRADE.replace("77", "d~~o").getBytes(StandardCharsets.UTF_8);
        int at = TRADE.indexOf("77") + 1;
        text[at] = (byte) 0xC0;
        text[at + 1] = (byte) 0xAF;

        assertThatThrownBy(() -> codec.decode(text, 0, text.length, null))
                .isInstanceOf(CodecException.class)
                .hasMessage("not UTF-8: byte " + (at + 1) + " of " + text.length + " is 0xC0");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (int bad : new int[] {0x80, 0xC0, 0xE2, 0xF5, 0xFF}) {
            byte[] text = TRADE.replace("77", "7~").getBytes(StandardCharsets.UTF_8);
            text[TRADE.indexOf("77") + 1] = (byte) bad;

            assertThatThrownBy(() -> codec.decode(text, 0, text.length, null))
                    .as("byte %x", bad)
                    .isInstanceOf(CodecException.class);
        }
    }

    @Test
    void refusesTextCutAnywhere() {
        byte[] text = TRADE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length; i++) {
            int length = i;
            assertThatThrownBy(() -> codec.decode(text, 0, length, null))
                    .as("first %s bytes", length)
                    .isInstanceOf(CodecException.class);
        }
    }

    @Test
    void refusesWhatARecordRefuses() {
        assertThatThrownBy(() -> codec.decode(
                        "{\"type\":\"account\",\"id\":\"a-1\",\"ts\":1,\"origin\":1,\"account\":\"demo\"}"))
                .hasMessage("Account: an account message has either an action or an event, not both or none");
        assertThatThrownBy(() ->
                        codec.decode("{\"type\":\"signal\",\"id\":\"a-1\",\"ts\":1,\"origin\":1,\"strategy\":\"s\","
                                + "\"account\":\"demo\",\"instrument\":\"X:Y\",\"direction\":\"long\",\"strength\":1e999,"
                                + "\"price\":\"1\",\"reason\":\"\"}"))
                .hasMessageContaining("strength must be from 0 to 1, was Infinity");
    }

    @Test
    void readsNothingIntoAMessageAfterARefusal() {
        assertThatThrownBy(() -> codec.decode("{\"type\":\"trade\",")).isInstanceOf(CodecException.class);

        assertThat(codec.encode(codec.decode(TRADE))).isEqualTo(TRADE);
    }
}
