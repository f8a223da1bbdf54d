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
import papertape.common.value.AccountId;
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
    private static final String DECIMAL =
            "{\"type\":\"string\",\"pattern\":\"^-?[0-9]+([.][0-9]+)?$\",\"maxLength\":40}";
    private static final String NAME = "{\"type\":\"string\",\"minLength\":1,\"maxLength\":128}";
    private static final int CACHED_INSTRUMENTS = 10_000;

    private static final Map<Type, ValueCodec> KNOWN = new ConcurrentHashMap<>();

    static {
        KNOWN.put(Price.class, decimal(Price::new, Price::value));
        KNOWN.put(Qty.class, decimal(Qty::new, Qty::value));
        KNOWN.put(Money.class, decimal(Money::new, Money::value));
        KNOWN.put(BigDecimal.class, decimal(Function.identity(), Function.identity()));
        KNOWN.put(Instrument.class, text(cached(Instrument::of), Instrument::name, NAME));
        KNOWN.put(AccountId.class, text(cached(AccountId::of), AccountId::value, NAME));
        KNOWN.put(StrategyId.class, text(cached(StrategyId::of), StrategyId::value, NAME));
        KNOWN.put(OrderId.class, text(OrderId::of, OrderId::value, NAME));
        KNOWN.put(ExecId.class, text(ExecId::of, ExecId::value, NAME));
        KNOWN.put(TradeId.class, text(TradeId::of, TradeId::value, NAME));
        KNOWN.put(MessageId.class, text(MessageId::of, MessageId::value, NAME));
        KNOWN.put(String.class, text(Function.identity(), Function.identity(), "{\"type\":\"string\"}"));
        KNOWN.put(long.class, new LongCodec());
        KNOWN.put(Long.class, new LongCodec());
        KNOWN.put(int.class, new IntCodec());
        KNOWN.put(Integer.class, new IntCodec());
        KNOWN.put(double.class, new DoubleCodec());
        KNOWN.put(Double.class, new DoubleCodec());
        KNOWN.put(boolean.class, new BooleanCodec());
        KNOWN.put(Boolean.class, new BooleanCodec());
        KNOWN.put(Level.class, new LevelCodec());
    }

    private ValueCodecs() {}

    static ValueCodec of(Type type) {
        ValueCodec known = KNOWN.get(type);
        if (known == null) {
            known = make(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static ValueCodec make(Type type) {
        if (type instanceof Class<?> c && c.isEnum()) {
            return new EnumCodec(c);
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return new RecordCodec(c);
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

    private static <T> ValueCodec decimal(Function<BigDecimal, T> wrap, Function<T, BigDecimal> unwrap) {
        return new ValueCodec() {
            @Override
            @SuppressWarnings("unchecked")
            public void write(JsonGenerator out, Object value) {
                out.writeString(unwrap.apply((T) value).toPlainString());
            }

            @Override
            public Object read(JsonParser in, String field) {
                if (in.currentToken() != JsonToken.VALUE_STRING) {
                    throw Json.wrong(field, "a decimal number as a string", in);
                }
                try {
                    return wrap.apply(
                            Decimals.parse(in.getStringCharacters(), in.getStringOffset(), in.getStringLength()));
                } catch (IllegalArgumentException e) {
                    throw new CodecException("field " + field + ": " + e.getMessage(), e);
                }
            }

            @Override
            public String schema() {
                return DECIMAL;
            }
        };
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

    private static final class LevelCodec implements ValueCodec {
        private final ValueCodec price = of(Price.class);
        private final ValueCodec qty = of(Qty.class);

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
            return "{\"type\":\"array\",\"prefixItems\":[" + DECIMAL + "," + DECIMAL
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
