package papertape.common.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.value.FieldOrder;
import papertape.common.value.Flat;

/**
 * The fields of a record as they stand in its JSON object: a component each, except that a component whose type is
 * {@link Flat} stands for the fields of its own. Reading a record and making one are compiled once, when it is built.
 */
public final class RecordFields {
    private static final MethodHandle IS_NULL;

    static {
        try {
            IS_NULL = MethodHandles.lookup()
                    .findStatic(Objects.class, "isNull", MethodType.methodType(boolean.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * One field.
     *
     * @param component the component, of the record or of a flat record in it, whose value it is
     * @param get from the record to the field's value, as {@code (Object)Object}
     * @param group the nullable flat component that it belongs to; -1 where it belongs to none
     */
    public record Field(RecordComponent component, MethodHandle get, int group) {
        public String name() {
            return component.getName();
        }

        public boolean isFlag() {
            return component.getType() == boolean.class;
        }

        /** Whether the component itself may be absent. */
        public boolean isOptional() {
            return isFlag() || isNullable(component);
        }
    }

    private final Class<?> type;
    private final List<Field> fields;
    private final MethodHandle construct;
    private int groups;

    public RecordFields(Class<?> type) {
        this.type = type;
        try {
            List<Field> found = new ArrayList<>();
            collect(type, MethodHandles.identity(type), -1, found);
            List<String> natural = found.stream().map(Field::name).toList();
            List<String> order = order(type, natural);
            this.fields =
                    order.stream().map(name -> found.get(natural.indexOf(name))).toList();
            MethodHandle constructor = constructor(type);
            int[] places = natural.stream().mapToInt(order::indexOf).toArray();
            Class<?>[] types = new Class<?>[places.length];
            for (int i = 0; i < places.length; i++) {
                types[places[i]] = constructor.type().parameterType(i);
            }
            this.construct = MethodHandles.permuteArguments(constructor, MethodType.methodType(type, types), places)
                    .asSpreader(Object[].class, places.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no fields for " + type.getName(), e);
        }
    }

    public List<Field> fields() {
        return fields;
    }

    /**
     * Makes the record from a value for each field, null for an absent one.
     *
     * @throws IllegalArgumentException when the record refuses its values
     */
    public Object construct(@Nullable Object[] values) {
        try {
            return (Object) construct.invokeExact(values);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }

    private void collect(Class<?> record, MethodHandle from, int group, List<Field> found)
            throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = lookup(record);
        for (RecordComponent component : record.getRecordComponents()) {
            MethodHandle read = lookup.unreflect(component.getAccessor());
            boolean isInNullable = group >= 0;
            MethodHandle get = MethodHandles.filterReturnValue(from, isInNullable ? orNull(read) : read);
            if (!component.getType().isAnnotationPresent(Flat.class)) {
                Field field = new Field(component, get.asType(MethodType.genericMethodType(1)), group);
                if (isInNullable && field.isFlag()) {
                    throw new IllegalStateException("a flag in a nullable flat record: " + component);
                }
                found.add(field);
            } else if (isInNullable) {
                throw new IllegalStateException("a flat record in a nullable one: " + component);
            } else {
                collect(component.getType(), get, isNullable(component) ? groups++ : -1, found);
            }
        }
    }

    /** Reads a component; null of a record that is null. */
    private static MethodHandle orNull(MethodHandle read) {
        Class<?> record = read.type().parameterType(0);
        MethodHandle boxed = read.asType(MethodType.methodType(Object.class, record));
        MethodHandle nothing = MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, record);
        return MethodHandles.guardWithTest(
                IS_NULL.asType(MethodType.methodType(boolean.class, record)), nothing, boxed);
    }

    /** From the fields, in the order of the components, to the record. */
    private static MethodHandle constructor(Class<?> record) throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        MethodHandle made = lookup(record).findConstructor(record, MethodType.methodType(void.class, types));
        for (int i = components.length - 1; i >= 0; i--) {
            if (types[i].isAnnotationPresent(Flat.class)) {
                MethodHandle inner = constructor(types[i]);
                made = MethodHandles.collectArguments(
                        made, i, isNullable(components[i]) ? orNull(inner, types[i]) : inner);
            }
        }
        return made;
    }

    /** Makes no record where the first of the fields that it must have is absent. */
    private static MethodHandle orNull(MethodHandle make, Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        int required = 0;
        while (isNullable(components[required])) {
            required++;
        }
        int count = components.length;
        MethodHandle boxed = make.asType(MethodType.genericMethodType(count).changeReturnType(record));
        Class<?>[] before = new Class<?>[required];
        Arrays.fill(before, Object.class);
        return MethodHandles.guardWithTest(
                MethodHandles.dropArguments(IS_NULL, 0, before),
                MethodHandles.dropArguments(
                        MethodHandles.constant(record, null), 0, boxed.type().parameterArray()),
                boxed);
    }

    private static List<String> order(Class<?> type, List<String> natural) {
        FieldOrder order = type.getAnnotation(FieldOrder.class);
        List<String> names = order == null ? natural : List.of(order.value());
        if (names.stream().distinct().count() != natural.size() || !names.containsAll(natural)) {
            throw new IllegalStateException("@FieldOrder of " + type.getName() + " must name each of " + natural);
        }
        return names;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }
}
