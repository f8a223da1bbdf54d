package papertape.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import papertape.common.message.Account;
import papertape.common.message.Execution;
import papertape.common.message.Header;
import papertape.common.message.Mark;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.value.Instrument;
import papertape.common.value.MessageId;
import papertape.common.value.Price;

/** What is on the wire: one golden text per message, which must not change by accident. */
class MessageContractTest {
    private static final Header HEADER = new Header(MessageId.of("etl.0-1"), 1, null, 1);
    private static final Instrument BTC = Instrument.of("COINBASE:BTC-USD");

    private final MessageCodec codec = new MessageCodec();

    static List<Class<? extends Message>> types() {
        return MessageCodec.types();
    }

    static String golden(Class<? extends Message> type) throws IOException {
        String name = "/golden/" + MessageCodec.nameOf(type) + ".json";
        try (@Nullable InputStream in = MessageContractTest.class.getResourceAsStream(name)) {
            assertThat(in)
                    .as("%s is missing: write one for the new message", name)
                    .isNotNull();
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void goldenTextIsReadAndWrittenBackUnchanged(Class<? extends Message> type) throws IOException {
        String text = golden(type);

        Message message = codec.decode(text);

        assertThat(message).isInstanceOf(type);
        assertThat(codec.encode(message)).isEqualTo(text);
    }

    /** An account message has an action or an event; a message without a cause is the source's own. */
    @ParameterizedTest
    @MethodSource("types")
    void goldenTextShowsEveryField(Class<? extends Message> type) throws Throwable {
        Message message = codec.decode(golden(type));

        for (RecordFields.Field field : new RecordFields(type).fields()) {
            boolean isElsewhere = field.name().equals("cause")
                    || type == Account.class && field.name().equals("action");
            if (!isElsewhere) {
                assertThat(field.get().invoke((Object) message))
                        .as(field.name())
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void typeIsKnownFromTheFirstCharacters(Class<? extends Message> type) throws IOException {
        byte[] text = golden(type).getBytes(StandardCharsets.UTF_8);

        assertThat(MessageCodec.peek(text, 0, text.length)).isEqualTo(type);
    }

    @ParameterizedTest
    @MethodSource("types")
    void textWithTheTypeLastIsReadAsWell(Class<? extends Message> type) throws IOException {
        String text = golden(type);
        String name = "\"type\":\"" + MessageCodec.nameOf(type) + "\",";
        String turned = "{" + text.substring(1 + name.length(), text.length() - 1) + ","
                + name.substring(0, name.length() - 1) + "}";
        byte[] bytes = turned.getBytes(StandardCharsets.UTF_8);

        assertThat(codec.decode(turned)).isEqualTo(codec.decode(text));
        assertThat(MessageCodec.peek(bytes, 0, bytes.length)).isNull();
    }

    @ParameterizedTest
    @MethodSource("types")
    void fieldsOfANewerProducerAreSkipped(Class<? extends Message> type) throws IOException {
        String text = golden(type);
        String newer = text.substring(0, text.length() - 1) + ",\"added\":{\"deep\":[1,{\"x\":null}]},\"more\":7}";

        assertThat(codec.decode(newer)).isEqualTo(codec.decode(text));
    }

    @Test
    void only_a_refusal_may_leave_out_the_terms_of_its_order() throws IOException {
        String trade = golden(Execution.class)
                .replaceAll("\"side\".*\"lastQty\"", "\"lastQty\"")
                .replaceAll("\"parentId\":\"[^\"]*\",", "");
        String refusal = trade.replace("\"execType\":\"trade\"", "\"execType\":\"cancel_rejected\"");
        assertThat(((Execution) codec.decode(refusal.replace("cancel_rejected", "rejected"))).terms())
                .isNull();

        Execution read = (Execution) codec.decode(refusal);

        assertThat(read.terms()).isNull();
        assertThat(read.limitPx()).isNull();
        assertThat(codec.encode(read)).isEqualTo(refusal);
        assertThatThrownBy(() -> codec.decode(trade))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(
                        "side, ordType, tif and qty may be absent only when execType is cancel_rejected or")
                .hasMessageContaining("not trade");
        assertThatThrownBy(() -> codec.decode(refusal.replace("\"lastQty\"", "\"tif\":\"gtc\",\"lastQty\"")))
                .isInstanceOf(CodecException.class)
                .hasMessage("field side is missing");
    }

    @Test
    void aDecimalTooLongToBeReadBackIsNotWrittenAndTheNextMessageIs() {
        Message tooLong = Mark.seen(HEADER, BTC, new Price(new BigDecimal("1." + "1".repeat(19))), "mid");
        Message fits = Mark.seen(HEADER, BTC, new Price(new BigDecimal("1." + "1".repeat(18))), "mid");
        Bytes out = new Bytes(16);
        out.write('x');

        assertThatThrownBy(() -> codec.encode(tooLong, out))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("etl.0-1")
                .hasMessageContaining("mark")
                .hasMessageContaining("at most 20 digits before and 18 after the point");
        assertThat(out.text()).isEqualTo("x");
        assertThat(codec.decode(codec.encode(fits))).isEqualTo(fits);
        assertThat(codec.decode(codec.encode(fits))).isEqualTo(fits);
    }

    @Test
    void halfACharacterIsNeitherReadNorWritten() throws IOException {
        String text = golden(Mark.class).replace("\"mid\"", "\"\\ud83d\"");

        assertThatThrownBy(() -> codec.decode(text))
                .hasMessageContaining("field source")
                .hasMessageContaining("ud83d");
        assertThatThrownBy(() -> codec.encode(Mark.seen(HEADER, BTC, Price.ZERO, "\ud83d")))
                .isInstanceOf(CodecException.class);
        assertThat(codec.encode(Mark.seen(HEADER, BTC, Price.ZERO, "mid"))).contains("\"mid\"");
    }

    @Test
    void savedStateKeepsDecimalsThatNoMessageMayCarry() {
        StateCodec<BigDecimal> state = new StateCodec<>(BigDecimal.class);
        BigDecimal product = new BigDecimal("1." + "1".repeat(39)).multiply(new BigDecimal("3." + "7".repeat(39)));

        assertThat(state.decode(state.encode(product))).isEqualTo(product);
    }

    @Test
    void headerIsLentToATextThatHasNone() throws IOException {
        byte[] text = golden(Trade.class)
                .replaceFirst("\"id\":.*\"instrument\"", "\"instrument\"")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(codec.decode(text, 0, text.length, HEADER).header()).isEqualTo(HEADER);
        assertThatThrownBy(() -> codec.decode(text, 0, text.length, null)).hasMessage("field id is missing");
    }
}
