package papertape.common.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.value.AccountId;
import papertape.common.value.Instrument;
import papertape.common.value.OrderId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * Messages as JSON text, one object each, {@code type} first. One instance a thread: it keeps its output buffer.
 */
public final class MessageCodec {
    private static final SerializableString TYPE = new SerializedString("type");

    private static final Map<Class<?>, Kind> BY_CLASS = new HashMap<>();
    private static final Map<String, Kind> BY_NAME = new LinkedHashMap<>();

    static {
        for (Class<? extends Message> type : types()) {
            Kind kind = new Kind(
                    type,
                    nameOf(type),
                    new SerializedString(nameOf(type)),
                    new RecordCodec(type, ValueCodecs.MESSAGES));
            BY_CLASS.put(type, kind);
            BY_NAME.put(kind.name, kind);
        }
    }

    private record Kind(Class<? extends Message> type, String name, SerializableString quoted, RecordCodec codec) {}

    private final Bytes out = new Bytes(16 * 1024);
    private JsonGenerator generator = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    private boolean isFirst = true;

    /** Every message's class: the leaves of the sealed hierarchy, in its order. */
    public static List<Class<? extends Message>> types() {
        List<Class<? extends Message>> found = new ArrayList<>();
        collect(Message.class, found);
        return found;
    }

    private static void collect(Class<? extends Message> type, List<Class<? extends Message>> found) {
        if (type.isRecord()) {
            found.add(type);
            return;
        }
        for (Class<?> each : type.getPermittedSubclasses()) {
            collect(each.asSubclass(Message.class), found);
        }
    }

    /** The value of {@code type} on the wire: the record's name, its first letter in lower case. */
    public static String nameOf(Class<? extends Message> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The JSON Schema of a message without its {@code type} field, as JSON text. */
    public static String schemaOf(Class<? extends Message> type) {
        return kind(type).codec.schema();
    }

    private static Kind kind(Class<?> type) {
        return Objects.requireNonNull(BY_CLASS.get(type));
    }

    /**
     * Appends the message's text to {@code to}, without a line end.
     *
     * @throws CodecException when it holds what nobody could read back; {@code to} is as before
     */
    public void encode(Message message, Bytes to) {
        Kind kind = kind(message.getClass());
        try {
            generator.writeStartObject();
            generator.writeName(TYPE);
            generator.writeString(kind.quoted);
            kind.codec.writeFields(generator, message);
            generator.writeEndObject();
            generator.flush();
        } catch (IllegalArgumentException | JacksonException e) {
            startOver();
            throw new CodecException(
                    "message " + message.header().id() + " of type " + kind.name + " cannot be sent: " + e.getMessage(),
                    e);
        }
        // the generator separates root values by a line end, which belongs to the frame and not to the message
        int from = isFirst ? 0 : 1;
        isFirst = false;
        to.write(out.array(), from, out.size() - from);
        out.reset();
    }

    /** A generator that broke off stands in the middle of a text: take another. */
    private void startOver() {
        out.reset();
        generator = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), out);
        isFirst = true;
    }

    public String encode(Message message) {
        Bytes text = new Bytes(512);
        encode(message, text);
        return text.text();
    }

    public Message decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes, 0, bytes.length, null);
    }

    /**
     * Reads one message.
     *
     * @param header what a message that comes from outside gets where it has no id, time, cause or origin of its own; null
     *     where it must have them
     * @throws CodecException when the text is no message; names the field and the value
     */
    public Message decode(byte[] text, int offset, int length, @Nullable Header header) {
        Json.checkUtf8(text, offset, length);
        try (JsonParser in = Json.parser(text, offset, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new CodecException("not a JSON object");
            }
            if (!in.nextName(TYPE)) {
                return decodeTypeLast(text, offset, length, header);
            }
            Message message = (Message) kind(in).codec.readFields(in, header, true);
            if (in.nextToken() != null) {
                throw new CodecException("text follows the JSON object");
            }
            return message;
        } catch (JacksonException e) {
            throw new CodecException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Others may order the fields as they like; ours have the type first, which saves looking for it. */
    private static Message decodeTypeLast(byte[] text, int offset, int length, @Nullable Header header) {
        Kind kind = null;
        try (JsonParser in = Json.parser(text, offset, length)) {
            in.nextToken();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("type")) {
                    if (kind != null) {
                        throw new CodecException("field type occurs twice");
                    }
                    kind = kind(in);
                } else {
                    in.nextToken();
                    in.skipChildren();
                }
            }
        }
        if (kind == null) {
            throw new CodecException("field type is missing (accepted: " + String.join(", ", BY_NAME.keySet()) + ")");
        }
        try (JsonParser in = Json.parser(text, offset, length)) {
            in.nextToken();
            Message message = (Message) kind.codec.readFields(in, header, false);
            if (in.nextToken() != null) {
                throw new CodecException("text follows the JSON object");
            }
            return message;
        }
    }

    private static Kind kind(JsonParser in) {
        Kind kind = in.nextToken() == JsonToken.VALUE_STRING ? BY_NAME.get(in.getString()) : null;
        if (kind == null) {
            throw Json.wrong("type", "one of " + String.join(", ", BY_NAME.keySet()), in);
        }
        return kind;
    }

    private static final byte[] PREFIX = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);

    /**
     * The class of the message in this text, from its first characters alone; null when it does not begin as ours do, so
     * that only decoding can tell.
     */
    public static @Nullable Class<? extends Message> peek(byte[] text, int offset, int length) {
        int from = PREFIX.length;
        if (length <= from) {
            return null;
        }
        for (int i = 0; i < from; i++) {
            if (text[offset + i] != PREFIX[i]) {
                return null;
            }
        }
        for (Kind kind : PEEK) {
            byte[] name = kind.quoted.asQuotedUTF8();
            int end = from + name.length;
            if (end < length && text[offset + end] == '"' && startsWith(text, offset + from, name)) {
                return kind.type;
            }
        }
        return null;
    }

    private static final byte[] TS = "\"ts\":".getBytes(StandardCharsets.US_ASCII);
    /** An id and a cause are before it. */
    private static final int TS_WITHIN = 256;

    /**
     * The event time of the message that begins here, from its first characters alone, in microseconds; {@link
     * Long#MIN_VALUE} when it is not found there, so that only decoding can tell.
     */
    public static long peekTs(byte[] text, int offset) {
        int last = Math.min(text.length, offset + TS_WITHIN) - TS.length;
        for (int at = offset; at < last; at++) {
            if (text[at] == '"' && startsWith(text, at, TS)) {
                return digits(text, at + TS.length);
            }
        }
        return Long.MIN_VALUE;
    }

    private static long digits(byte[] text, int from) {
        long value = 0;
        int at = from;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + (text[at++] - '0');
        }
        return at == from ? Long.MIN_VALUE : value;
    }

    /** The instrument that a text names which cannot be decoded; null where it names none, or several. */
    public static @Nullable Instrument peekInstrument(byte[] text, int offset, int length) {
        return peek("instrument", Instrument::of, text, offset, length);
    }

    /** The account that such a text names; null where it names none, or several. */
    public static @Nullable AccountId peekAccount(byte[] text, int offset, int length) {
        return peek("account", AccountId::of, text, offset, length);
    }

    /** The order that such a text names; null where it names none, or several. */
    public static @Nullable OrderId peekOrderId(byte[] text, int offset, int length) {
        return peek("orderId", OrderId::of, text, offset, length);
    }

    private static <T> @Nullable T peek(String field, Function<String, T> type, byte[] text, int offset, int length) {
        byte[] start = ("\"" + field + "\":\"").getBytes(StandardCharsets.US_ASCII);
        int end = offset + length;
        String found = null;
        for (int at = offset; at + start.length < end; at++) {
            if (text[at] != '"' || !startsWith(text, at, start)) {
                continue;
            }
            int from = at + start.length;
            int to = from;
            while (to < end && text[to] != '"') {
                to++;
            }
            String value = new String(text, from, to - from, StandardCharsets.UTF_8);
            // a name at the end may be the start of a longer one
            if (to == end || (found != null && !found.equals(value))) {
                return null;
            }
            found = value;
        }
        try {
            return found == null ? null : type.apply(found);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static final Kind[] PEEK = BY_NAME.values().toArray(Kind[]::new);

    private static boolean startsWith(byte[] text, int offset, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (text[offset + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
