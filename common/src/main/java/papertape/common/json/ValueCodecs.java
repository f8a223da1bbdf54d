package papertape.common.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import papertape.common.value.AccountId;
import papertape.common.value.Bounds;
import papertape.common.value.Decimals;
import papertape.common.value.ExecId;
import papertape.common.value.Instrument;
import papertape.common.value.Level;
import papertape.common.value.MessageId;
import papertape.common.value.Money;
import papertape.common.value.OrderId;
import papertape.common.value.Price;
import papertape.common.value.Qty;
import papertape.common.value.StrategyId;
import papertape.common.value.TradeId;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the codec of a type. */
final class ValueCodecs {
    private static final int LONGEST_SAVED = 1_000;

    private static final String ID = "{\"type\":\"string\",\"minLength\":1,\"maxLength\":128}";
    private static final String NAME = pattern("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String ACCOUNT = pattern("([*]|[A-Za-z0-9][A-Za-z0-9._-]{0,63})");
    private static final String ORDER = pattern("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
    private static final String INSTRUMENT = "{\"type\":\"string\",\"pattern\":\"^[^:]+:.+$\",\"maxLength\":64}";
    private static final int CACHED_INSTRUMENTS = 10_000;

    // after the patterns, which they need

    /** For messages: a decimal outside its bounds is refused by its reader and by its writer. */
    static final ValueCodecs MESSAGES = new ValueCodecs(Bounds.ENTERED, Bounds.DERIVED);

    /** For saved state: intermediate results have more digits than any message may carry. */
    static final ValueCodecs STATE = new ValueCodecs(null, null);

    private final Map<Type, ValueCodec> known = new ConcurrentHashMap<>();
    private final ValueCodec average;

    private ValueCodecs(@Nullable Bounds entered, @Nullable Bounds derived) {
        known.put(Price.class, new DecimalCodec<>(Price::new, Price::value, entered));
        known.put(Qty.class, new DecimalCodec<>(Qty::new, Qty::value, entered));
        known.put(Money.class, new DecimalCodec<>(Money::new, Money::value, derived));
        known.put(BigDecimal.class, new DecimalCodec<>(Function.identity(), Function.identity(), entered));
        average = new DecimalCodec<>(Price::new, Price::value, derived);
        known.put(Instrument.class, text(cached(Instrument::of), Instrument::name, INSTRUMENT));
        known.put(AccountId.class, text(cached(AccountId::of), AccountId::value, ACCOUNT));
        known.put(StrategyId.class, text(cached(StrategyId::of), StrategyId::value, NAME));
        known.put(OrderId.class, text(OrderId::of, OrderId::value, ORDER));
        known.put(ExecId.class, text(ExecId::of, ExecId::value, ID));
        known.put(TradeId.class, text(TradeId::of, TradeId::value, ID));
        known.put(MessageId.class, text(MessageId::of, MessageId::value, ID));
        known.put(String.class, text(ValueCodecs::whole, ValueCodecs::whole, "{\"type\":\"string\"}"));
        known.put(long.class, new LongCodec());
        known.put(Long.class, new LongCodec());
        known.put(int.class, new IntCodec());
        known.put(Integer.class, new IntCodec());
        known.put(double.class, new DoubleCodec());
        known.put(Double.class, new DoubleCodec());
        known.put(boolean.class, new BooleanCodec());
        known.put(Boolean.class, new BooleanCodec());
        known.put(Level.class, new LevelCodec(of(Price.class), of(Qty.class)));
    }

    /** Of a price that is a quotient ({@link papertape.common.value.Average}). */
    ValueCodec average() {
        return average;
    }

    ValueCodec of(Type type) {
        ValueCodec found = known.get(type);
        if (found == null) {
            found = make(type);
            known.put(type, found);
        }
        return found;
    }

    private ValueCodec make(Type type) {
        if (type instanceof Class<?> c && c.isEnum()) {
            return new EnumCodec(c);
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return new RecordCodec(c, this);
        }
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            return new ListCodec(of(p.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType p
                && p.getRawType() == SortedMap.class
                && p.getActualTypeArguments()[0] == String.class) {
            return new MapCodec(of(p.getActualTypeArguments()[1]));
        }
        throw new IllegalStateException("no JSON form for " + type.getTypeName());
    }

    private static String pattern(String expression) {
        return "{\"type\":\"string\",\"pattern\":\"^" + expression + "$\"}";
    }

    /** Names that come again and again are kept, so that reading one does not make a new object. */
    private static <T> Function<String, T> cached(Function<String, T> make) {
        Map<String, T> cache = new ConcurrentHashMap<>();
        return text -> {
            T known = cache.get(text);
            if (known == null) {
                known = make.apply(text);
                if (cache.size() < CACHED_INSTRUMENTS) {
                    cache.put(text, known);
                }
            }
            return known;
        };
    }

    /** Refuses half a character, which no UTF-8 text can hold and so nobody could send on. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!isPair) {
                    throw new IllegalArgumentException(
                            "half a character (\\u" + Integer.toHexString(c) + ") at index " + i);
                }
                i++;
            }
        }
        return text;
    }

    private record DecimalCodec<T>(
            Function<BigDecimal, T> wrap,
            Function<T, BigDecimal> unwrap,
            @Nullable Bounds bounds) implements ValueCodec {
        @Override
        @SuppressWarnings("unchecked")
        public void write(JsonGenerator out, Object value) {
            BigDecimal number = unwrap.apply((T) value);
            if (bounds != null) {
                bounds.checked(number);
            }
            out.writeString(number.toPlainString());
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                throw Json.wrong(field, "a decimal number as a string", in);
            }
            try {
                return wrap.apply(number(in.getStringCharacters(), in.getStringOffset(), in.getStringLength()));
            } catch (IllegalArgumentException e) {
                throw new CodecException("field " + field + ": " + e.getMessage(), e);
            }
        }

        private BigDecimal number(char[] text, int offset, int length) {
            return bounds == null
                    ? Decimals.parse(text, offset, length, LONGEST_SAVED)
                    : Decimals.parse(text, offset, length, bounds);
        }

        @Override
        public String schema() {
            int longest = bounds == null ? LONGEST_SAVED : bounds.maxLength();
            return "{\"type\":\"string\",\"pattern\":\"^-?[0-9]+([.][0-9]+)?$\",\"maxLength\":" + longest + "}";
        }
    }

    private static <T> ValueCodec text(Function<String, T> wrap, Function<T, String> unwrap, String schema) {
        return new ValueCodec() {
            @Override
            @SuppressWarnings("unchecked")
            public void write(JsonGenerator out, Object value) {
                out.writeString(unwrap.apply((T) value));
            }

            @Override
            public Object read(JsonParser in, String field) {
                if (in.currentToken() != JsonToken.VALUE_STRING) {
                    throw Json.wrong(field, "a string", in);
                }
                try {
                    return wrap.apply(in.getString());
                } catch (IllegalArgumentException e) {
                    throw new CodecException("field " + field + ": " + e.getMessage(), e);
                }
            }

            @Override
            public String schema() {
                return schema;
            }
        };
    }

    private static final class LongCodec implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeNumber((Long) value);
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || !isLong(in)) {
                throw Json.wrong(field, "a whole number", in);
            }
            return in.getLongValue();
        }

        private static boolean isLong(JsonParser in) {
            return switch (in.getNumberType()) {
                case INT, LONG -> true;
                case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> false;
            };
        }

        @Override
        public String schema() {
            return "{\"type\":\"integer\"}";
        }
    }

    private static final class IntCodec implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeNumber((Integer) value);
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || in.getNumberType() != JsonParser.NumberType.INT) {
                throw Json.wrong(field, "a whole number of at most 32 bits", in);
            }
            return in.getIntValue();
        }

        @Override
        public String schema() {
            return "{\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":2147483647}";
        }
    }

    private static final class DoubleCodec implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeNumber((Double) value);
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() == null || !in.currentToken().isNumeric()) {
                throw Json.wrong(field, "a number", in);
            }
            return in.getDoubleValue();
        }

        @Override
        public String schema() {
            return "{\"type\":\"number\"}";
        }
    }

    private static final class BooleanCodec implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeBoolean((Boolean) value);
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() == null || !in.currentToken().isBoolean()) {
                throw Json.wrong(field, "true or false", in);
            }
            return in.getBooleanValue();
        }

        @Override
        public String schema() {
            return "{\"type\":\"boolean\"}";
        }
    }

    private static final class EnumCodec implements ValueCodec {
        private final Map<String, Object> byText = new HashMap<>();
        private final String[] texts;
        private final String accepted;

        EnumCodec(Class<?> type) {
            Object[] constants = type.getEnumConstants();
            texts = Stream.of(constants)
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
            for (int i = 0; i < texts.length; i++) {
                byText.put(texts[i], constants[i]);
            }
            accepted = String.join(", ", texts);
        }

        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeString(texts[((Enum<?>) value).ordinal()]);
        }

        @Override
        public Object read(JsonParser in, String field) {
            Object constant = in.currentToken() == JsonToken.VALUE_STRING ? byText.get(in.getString()) : null;
            if (constant == null) {
                throw Json.wrong(field, "one of " + accepted, in);
            }
            return constant;
        }

        @Override
        public String schema() {
            return Stream.of(texts).map(t -> '"' + t + '"').collect(Collectors.joining(",", "{\"enum\":[", "]}"));
        }
    }

    private record LevelCodec(ValueCodec price, ValueCodec qty) implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            Level level = (Level) value;
            out.writeStartArray();
            price.write(out, level.px());
            qty.write(out, level.qty());
            out.writeEndArray();
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw Json.wrong(field, "a list of [price, quantity]", in);
            }
            in.nextToken();
            Price px = (Price) price.read(in, field);
            in.nextToken();
            Qty size = (Qty) qty.read(in, field);
            if (in.nextToken() != JsonToken.END_ARRAY) {
                throw Json.wrong(field, "a list of [price, quantity]", in);
            }
            return new Level(px, size);
        }

        @Override
        public String schema() {
            return "{\"type\":\"array\",\"prefixItems\":[" + price.schema() + "," + qty.schema()
                    + "],\"minItems\":2,\"maxItems\":2}";
        }
    }

    private record ListCodec(ValueCodec element) implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeStartArray();
            for (Object each : (List<?>) value) {
                element.write(out, each);
            }
            out.writeEndArray();
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw Json.wrong(field, "a list", in);
            }
            List<Object> values = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                values.add(element.read(in, field));
            }
            return Collections.unmodifiableList(values);
        }

        @Override
        public String schema() {
            return "{\"type\":\"array\",\"items\":" + element.schema() + "}";
        }
    }

    private record MapCodec(ValueCodec element) implements ValueCodec {
        @Override
        public void write(JsonGenerator out, Object value) {
            out.writeStartObject();
            ((SortedMap<?, ?>) value).forEach((key, each) -> {
                out.writeName((String) key);
                element.write(out, each);
            });
            out.writeEndObject();
        }

        @Override
        public Object read(JsonParser in, String field) {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw Json.wrong(field, "an object", in);
            }
            SortedMap<String, Object> values = new TreeMap<>();
            String key;
            while ((key = in.nextName()) != null) {
                in.nextToken();
                if (values.put(key, element.read(in, field + "." + key)) != null) {
                    throw new CodecException("field " + field + "." + key + " occurs twice");
                }
            }
            return Collections.unmodifiableSortedMap(values);
        }

        @Override
        public String schema() {
            return "{\"type\":\"object\",\"additionalProperties\":" + element.schema() + "}";
        }
    }
}
