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

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isNumber() {
        return parser.currentToken() != null && parser.currentToken().isNumeric();
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

    /** A whole number in any spelling: as a text, with an exponent, with zeros after the point. */
    long whole() {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return parser.getLongValue();
            } catch (JacksonException e) {
                throw bad("a whole number", e);
            }
        }
        try {
            return VenueNumber.decimal(scalar()).longValueExact();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bad("a whole number", e);
        }
    }

    /** A number that counts from 0, or from 1; 0 where the venue says by -1 that there is none yet. */
    long count() {
        long count = whole();
        if (count < -1) {
            throw bad("a number from 0, or -1 for none");
        }
        return Math.max(0, count);
    }

    /** A time since the epoch in whatever unit its size shows, in microseconds; 0: none. */
    long epochTime() {
        try {
            return VenueTime.ofEpoch(whole());
        } catch (IllegalArgumentException e) {
            throw bad("a time since the epoch", e);
        }
    }

    Price price() {
        try {
            return new Price(VenueNumber.decimal(scalar()));
        } catch (IllegalArgumentException e) {
            throw bad("a decimal number", e);
        }
    }

    Qty qty() {
        try {
            return new Qty(VenueNumber.decimal(scalar()));
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

    /** ISO 8601 or a number since the epoch, in microseconds; 0 where it is no time of this market, or nothing. */
    long time() {
        if (isNothing()) {
            return 0;
        }
        if (parser.currentToken().isNumeric()) {
            return epochTime();
        }
        try {
            return VenueTime.of(scalar());
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

    /**
     * As {@link #levels} for a whole book: a row that cannot be read, or that no market has, is left out.
     *
     * @param leftOut takes what is wrong with each
     */
    List<Level> rows(List<String> leftOut) {
        expectArray();
        List<Level> rows = new ArrayList<>(64);
        while (nextElement()) {
            if (!isArray()) {
                leftOut.add(complaint("a row of price and quantity"));
                skip();
                continue;
            }
            int depth = parser.streamReadContext().getNestingDepth();
            try {
                parser.nextToken();
                Price px = price();
                parser.nextToken();
                Level row = new Level(px, qty());
                if (row.qty().signum() < 0 || (!px.isPositive() && !row.qty().isZero())) {
                    leftOut.add(field + ": a row of " + row.qty() + " at " + px);
                } else if (px.isPositive()) {
                    rows.add(row);
                }
            } catch (IllegalArgumentException e) {
                leftOut.add(String.valueOf(e.getMessage()));
            }
            leave(depth);
        }
        return rows;
    }

    /** Steps to the end of the array that is at this depth. */
    private void leave(int depth) {
        while (parser.currentToken() != null
                && !(parser.currentToken() == JsonToken.END_ARRAY
                        && parser.streamReadContext().getNestingDepth() < depth)) {
            parser.nextToken();
        }
    }

    /** Leaves a value that could not be read: steps to its end, so that the next field can be read. */
    void leaveValue(int depth) {
        while (parser.currentToken() != null && parser.streamReadContext().getNestingDepth() > depth) {
            parser.nextToken();
        }
    }

    /** Of the object or array that the current value is in. */
    int depth() {
        int depth = parser.streamReadContext().getNestingDepth();
        return parser.currentToken() != null && parser.currentToken().isStructStart() ? depth - 1 : depth;
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
