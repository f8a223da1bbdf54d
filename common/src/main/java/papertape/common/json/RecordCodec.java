package papertape.common.json;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import papertape.common.message.Header;
import papertape.common.value.Average;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.sym.BinaryNameMatcher;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * A record as a JSON object: its {@link RecordFields}, each absent where its value is null or false. Unknown fields are
 * skipped, so that a newer producer is understood.
 */
final class RecordCodec implements ValueCodec {
    private record Field(
            String name,
            SerializableString quoted,
            ValueCodec codec,
            MethodHandle get,
            boolean optional,
            boolean flag) {}

    private final Class<?> type;
    private final RecordFields record;
    private final Field[] fields;
    private final PropertyNameMatcher names;
    private final boolean hasHeader;
    // the fields of a nullable flat record, as bits, for each of its fields; 0 for all others
    private final long[] groups;

    RecordCodec(Class<?> type, ValueCodecs values) {
        this.type = type;
        this.record = new RecordFields(type);
        List<RecordFields.Field> found = record.fields();
        if (found.size() > Long.SIZE) {
            throw new IllegalStateException("too many fields in " + type.getName());
        }
        this.fields = found.stream().map(each -> field(each, values)).toArray(Field[]::new);
        this.names = BinaryNameMatcher.construct(fieldNames());
        this.hasHeader =
                type.getRecordComponents().length > 0 && type.getRecordComponents()[0].getType() == Header.class;
        if (hasHeader && !fieldNames().subList(0, HEADER.size()).equals(HEADER)) {
            throw new IllegalStateException("the header is not first in " + type.getName());
        }
        this.groups = found.stream().mapToLong(each -> group(each, found)).toArray();
    }

    private static final List<String> HEADER = Arrays.stream(Header.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    private static long group(RecordFields.Field field, List<RecordFields.Field> all) {
        long members = 0;
        for (int i = 0; field.group() >= 0 && i < all.size(); i++) {
            members |= all.get(i).group() == field.group() ? 1L << i : 0;
        }
        return members;
    }

    private static Field field(RecordFields.Field field, ValueCodecs values) {
        RecordComponent component = field.component();
        return new Field(
                field.name(),
                new SerializedString(field.name()),
                component.isAnnotationPresent(Average.class) ? values.average() : values.of(component.getGenericType()),
                field.get(),
                field.isOptional(),
                field.isFlag());
    }

    List<String> fieldNames() {
        return Arrays.stream(fields).map(Field::name).toList();
    }

    @Override
    public void write(JsonGenerator out, Object value) {
        out.writeStartObject();
        writeFields(out, value);
        out.writeEndObject();
    }

    void writeFields(JsonGenerator out, Object value) {
        for (Field field : fields) {
            Object part = get(field, value);
            if (part == null || (field.flag && !((Boolean) part))) {
                continue;
            }
            out.writeName(field.quoted);
            field.codec.write(out, part);
        }
    }

    private static @Nullable Object get(Field field, Object value) {
        try {
            return field.get.invokeExact(value);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read " + field.name, e);
        }
    }

    @Override
    public Object read(JsonParser in, String field) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw Json.wrong(field, "an object", in);
        }
        return readFields(in, null, false);
    }

    /**
     * Reads what is left of the object whose start, and perhaps first fields, have been read.
     *
     * @param header used where the text has none of its own; null where it must have one
     * @param typeIsRead whether a field {@code type} has been read before: a second one is refused
     */
    Object readFields(JsonParser in, @Nullable Header header, boolean typeIsRead) {
        @Nullable Object[] values = new Object[fields.length];
        long seen = 0;
        for (int match = in.nextNameMatch(names); ; match = in.nextNameMatch(names)) {
            if (match >= 0) {
                if ((seen & 1L << match) != 0) {
                    throw new CodecException("field " + fields[match].name + " occurs twice");
                }
                seen |= 1L << match;
                readField(in, values, match);
            } else if (match == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
                if (typeIsRead && in.currentName().equals("type")) {
                    throw new CodecException("field type occurs twice");
                }
                in.nextToken();
                in.skipChildren();
            } else if (match == PropertyNameMatcher.MATCH_END_OBJECT) {
                return construct(complete(values, header));
            } else {
                throw new CodecException("not a JSON object");
            }
        }
    }

    private void readField(JsonParser in, @Nullable Object[] values, int index) {
        Field field = fields[index];
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL && field.optional) {
            return;
        }
        values[index] = field.codec.read(in, field.name);
    }

    private @Nullable Object[] complete(@Nullable Object[] values, @Nullable Header header) {
        if (hasHeader && header != null) {
            values[0] = values[0] == null ? header.id() : values[0];
            values[1] = values[1] == null ? (Long) header.ts() : values[1];
            values[2] = values[2] == null ? header.cause() : values[2];
            values[3] = values[3] == null ? (Long) header.origin() : values[3];
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                Field field = fields[i];
                if (field.flag) {
                    values[i] = Boolean.FALSE;
                } else if (!field.optional && !isAbsent(groups[i], values)) {
                    throw new CodecException("field " + field.name + " is missing");
                }
            }
        }
        return values;
    }

    /** Whether these are the fields of a nullable record that is absent as a whole. */
    private static boolean isAbsent(long group, @Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if ((group & 1L << i) != 0 && values[i] != null) {
                return false;
            }
        }
        return group != 0;
    }

    private Object construct(@Nullable Object[] values) {
        try {
            return record.construct(values);
        } catch (IllegalArgumentException e) {
            throw new CodecException(type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String schema() {
        StringBuilder properties = new StringBuilder();
        StringBuilder required = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            Field field = fields[i];
            properties
                    .append(properties.isEmpty() ? "" : ",")
                    .append('"')
                    .append(field.name)
                    .append("\":")
                    .append(field.codec.schema());
            if (!field.optional && groups[i] == 0) {
                required.append(required.isEmpty() ? "" : ",")
                        .append('"')
                        .append(field.name)
                        .append('"');
            }
        }
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + required + "]}";
    }
}
