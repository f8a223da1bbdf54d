package papertape.etl.venue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Level;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One pass over a venue's text. Numbers and times are read from the parser's own buffer, without a string in between.
 * Every complaint is an {@link IllegalArgumentException} that names the field and the value.
 */
final class JsonText implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final int SHOWN = 60;

    private final JsonParser parser;
    private final Slice slice;
    private String field = "";

    private JsonText(JsonParser parser, Slice slice) {
        this.parser = parser;
        this.slice = slice;
    }

    /** Reads a whole text; what the reader leaves of it must be nothing. */
    static <T> T read(String payload, Slice slice, Reader<T> reader) {
        try (JsonText text = new JsonText(JSON.createParser(ObjectReadContext.empty(), payload), slice)) {
            text.parser.nextToken();
            T result = reader.read(text);
            if (text.parser.nextToken() != null) {
                throw new IllegalArgumentException("payload: text after its end: \"" + shown(payload) + "\"");
            }
            return result;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "payload: not JSON (" + e.getOriginalMessage() + "): \"" + shown(payload) + "\"", e);
        }
    }

    interface Reader<T> {
        T read(JsonText text);
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    boolean isWhole() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }

    void expectObject() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    void expectArray() {
        expect(JsonToken.START_ARRAY, "an array");
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw bad(what);
        }
    }

    /** Steps to the next field's value; null at the object's end. */
    @Nullable
    String nextField() {
        String name = parser.nextName();
        if (name == null) {
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw bad("a field");
            }
            return null;
        }
        field = name;
        parser.nextToken();
        return name;
    }

    /** Steps to the next element of an array; false at its end. */
    boolean nextElement() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw bad("the array's end");
        }
        return token != JsonToken.END_ARRAY;
    }

    void skip() {
        parser.skipChildren();
    }

    String string() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw bad("a string");
        }
        return parser.getString();
    }

    boolean bool() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default -> throw bad("true or false");
        };
    }

    long whole() {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw bad("a whole number");
        }
        try {
            return parser.getLongValue();
        } catch (JacksonException e) {
            throw bad("a whole number", e);
        }
    }

    /** Milliseconds since the epoch, in microseconds. */
    long millis() {
        long millis = whole();
        if (millis < 0 || millis > Long.MAX_VALUE / 1_000_000) {
            throw bad("milliseconds since the epoch");
        }
        return millis * 1_000;
    }

    Price price() {
        try {
            return Price.of(scalar());
        } catch (IllegalArgumentException e) {
            throw bad("a decimal number", e);
        }
    }

    Qty qty() {
        try {
            return Qty.of(scalar());
        } catch (IllegalArgumentException e) {
            throw bad("a decimal number", e);
        }
    }

    /** As {@link #price}; absent where the venue has nothing to say, which it spells as null or an empty string. */
    @Nullable
    Price priceOrNothing() {
        return isNothing() ? null : price();
    }

    @Nullable
    Qty qtyOrNothing() {
        return isNothing() ? null : qty();
    }

    private boolean isNothing() {
        return parser.currentToken() == JsonToken.VALUE_NULL
                || (parser.currentToken() == JsonToken.VALUE_STRING && parser.getStringLength() == 0);
    }

    /** ISO 8601 in UTC, in microseconds since the epoch. */
    long isoTime() {
        try {
            return IsoTime.micros(scalar());
        } catch (IllegalArgumentException e) {
            throw bad("a time such as 2026-01-31T12:00:00.123456Z", e);
        }
    }

    /** {@code [["px","qty"], ...]}; what follows the quantity in a level is not looked at. */
    List<Level> levels() {
        expectArray();
        List<Level> levels = new ArrayList<>(4);
        while (nextElement()) {
            expectArray();
            parser.nextToken();
            Price px = price();
            parser.nextToken();
            levels.add(new Level(px, qty()));
            endElement();
        }
        return levels;
    }

    /** Steps over what is left of an inner array. */
    void endElement() {
        while (nextElement()) {
            skip();
        }
    }

    private CharSequence scalar() {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw bad("text");
        }
        return slice.over(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    IllegalArgumentException bad(String expected) {
        return new IllegalArgumentException(complaint(expected));
    }

    private IllegalArgumentException bad(String expected, Exception cause) {
        return new IllegalArgumentException(complaint(expected), cause);
    }

    private String complaint(String expected) {
        String value = parser.currentToken() == null ? "the end of the text" : '"' + shown(parser.getString()) + '"';
        return field + ": expected " + expected + ", was " + value;
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    @Override
    public void close() {
        parser.close();
    }

    /** A window on the parser's buffer, used again for every number; gone with the next token. */
    static final class Slice implements CharSequence {
        private char[] chars = new char[0];
        private int offset;
        private int length;

        Slice over(char[] buffer, int from, int size) {
            chars = buffer;
            offset = from;
            length = size;
            return this;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return chars[offset + index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(chars, offset + start, end - start);
        }

        @Override
        public String toString() {
            return new String(chars, offset, length);
        }
    }
}
