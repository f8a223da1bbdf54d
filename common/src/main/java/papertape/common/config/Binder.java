package papertape.common.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Tree.Items;
import papertape.common.config.Tree.Place;
import papertape.common.config.Tree.Scalar;
import papertape.common.config.Tree.Section;

/** Trees to records, by the records' own components. Null stands for what could not be bound and is a problem already. */
final class Binder {
    private final Problems problems;
    private final Scalars scalars;

    Binder(Problems problems) {
        this.problems = problems;
        this.scalars = new Scalars(problems);
    }

    @Nullable
    Config bind(Section root) {
        return (Config) section(Config.class, root, "", null);
    }

    private @Nullable Object value(Type type, Tree tree, String path) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == List.class ? list(last, tree, path) : map(last, tree, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && !Scalars.isScalar(plain)) {
            return tree instanceof Section section
                    ? section(plain, section, path, null)
                    : wrong(tree.place(), path, "a section");
        }
        return tree instanceof Scalar scalar
                ? scalars.value(plain, scalar, path)
                : wrong(tree.place(), path, "one value");
    }

    /** Binds a record. @param template what is taken where the section leaves something out */
    private @Nullable Object section(Class<?> type, Section section, String path, @Nullable Section template) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> keys =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        section.entries().keySet().forEach(key -> {
            if (!keys.contains(key)) {
                problems.unknownKey(section.placeOf(key), path.isEmpty() ? key : path + "." + key, key, keys);
            }
        });
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(components[i], section, path, template);
        }
        return Arrays.asList(values).contains(null) ? null : create(type, components, values);
    }

    private @Nullable Object component(
            RecordComponent component, Section section, String path, @Nullable Section template) {
        String key = component.getName();
        Tree tree = section.get(key);
        if (tree == null && template != null && !key.equals("name")) {
            tree = template.get(key);
        }
        String below = path.isEmpty() ? key : path + "." + key;
        return tree == null
                ? wrong(section.place(), below, "a value; it is missing")
                : value(component.getGenericType(), tree, below);
    }

    private @Nullable Object list(Type type, Tree tree, String path) {
        if (!(tree instanceof Items list)) {
            return wrong(tree.place(), path, "a list");
        }
        boolean isOfRecords = type instanceof Class<?> plain && plain.isRecord() && !Scalars.isScalar(plain);
        Section template = Tree.template(list) instanceof Section section ? section : null;
        List<@Nullable Object> values = new ArrayList<>();
        for (Tree item : list.items()) {
            if (isOfRecords && item instanceof Section section) {
                if (!section.equals(template)) {
                    values.add(section((Class<?>) type, section, path + "[]", template));
                }
            } else {
                values.add(value(type, item, path));
            }
        }
        return values.contains(null) ? null : Collections.unmodifiableList(values);
    }

    private @Nullable Object map(Type type, Tree tree, String path) {
        if (!(tree instanceof Section section)) {
            return wrong(tree.place(), path, "a section");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        section.entries().forEach((key, value) -> values.put(key, value(type, value, path)));
        return values.containsValue(null) ? null : Collections.unmodifiableMap(values);
    }

    private @Nullable Object wrong(Place place, String path, String accepted) {
        problems.add(place, path + ": accepted is " + accepted);
        return null;
    }

    private static Object create(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("cannot create " + type.getSimpleName(), e);
        }
    }
}
