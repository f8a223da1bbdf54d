package papertape.common.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
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
 * A record as a JSON object: one field a component, absent where the component is null or false. A {@link Header}
 * component's own fields stand in the object itself. Fields that nobody knows are skipped: a newer producer is fine.
 */
final class RecordCodec implements ValueCodec {
    /** Of which component a field is the value. */
    private record Field(
            String name,
            SerializableString quoted,
            ValueCodec codec,
            MethodHandle get,
            boolean optional,
            boolean flag) {}

    private final Class<?> type;
    private final Field[] fields;
    private final PropertyNameMatcher names;
    private final MethodHandle construct;
    private final boolean hasHeader;

    RecordCodec(Class<?> type, ValueCodecs values) {
        this.type = type;
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            RecordComponent[] components = type.getRecordComponents();
            this.hasHeader = components.length > 0 && components[0].getType() == Header.class;
            List<Field> found = new ArrayList<>();
            for (RecordComponent component : components) {
                if (component.getType() == Header.class) {
                    MethodHandle header = lookup.unreflect(component.getAccessor());
                    for (RecordComponent inner : Header.class.getRecordComponents()) {
                        MethodHandle get =
                                MethodHandles.filterReturnValue(header, lookup.unreflect(inner.getAccessor()));
                        found.add(field(inner, get, values));
                    }
                } else {
                    found.add(field(component, lookup.unreflect(component.getAccessor()), values));
                }
            }
            if (found.size() > Long.SIZE) {
                throw new IllegalStateException("too many fields in " + type.getName());
            }
            this.fields = found.toArray(Field[]::new);
            this.names =
                    BinaryNameMatcher.construct(found.stream().map(Field::name).toList());
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types));
            if (hasHeader) {
                MethodHandle header = lookup.findConstructor(
                        Header.class,
                        MethodType.methodType(
                                void.class,
                                Arrays.stream(Header.class.getRecordComponents())
                                        .map(RecordComponent::getType)
                                        .toArray(Class<?>[]::new)));
                constructor = MethodHandles.collectArguments(constructor, 0, header);
            }
            this.construct = constructor
                    .asSpreader(Object[].class, fields.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no JSON form for " + type.getName(), e);
        }
    }

    private static Field field(RecordComponent component, MethodHandle get, ValueCodecs values) {
        boolean flag = component.getType() == boolean.class;
        boolean optional = flag || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Field(
                component.getName(),
                new SerializedString(component.getName()),
                component.isAnnotationPresent(Average.class) ? values.average() : values.of(component.getGenericType()),
                get.asType(MethodType.methodType(Object.class, Object.class)),
                optional,
                flag);
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
                } else if (!field.optional) {
                    throw new CodecException("field " + field.name + " is missing");
                }
            }
        }
        return values;
    }

    private Object construct(@Nullable Object[] values) {
        try {
            return (Object) construct.invokeExact(values);
        } catch (IllegalArgumentException e) {
            throw new CodecException(type.getSimpleName() + ": " + e.getMessage(), e);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }

    @Override
    public String schema() {
        StringBuilder properties = new StringBuilder();
        StringBuilder required = new StringBuilder();
        for (Field field : fields) {
            properties
                    .append(properties.isEmpty() ? "" : ",")
                    .append('"')
                    .append(field.name)
                    .append("\":")
                    .append(field.codec.schema());
            if (!field.optional) {
                required.append(required.isEmpty() ? "" : ",")
                        .append('"')
                        .append(field.name)
                        .append('"');
            }
        }
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + required + "]}";
    }
}
