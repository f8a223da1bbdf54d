package papertape.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of YAML and where it stands. Scalars keep their text, so that a decimal is never anything but its digits. */
sealed interface Tree {
    Place place();

    /** File and line (from 1), or an environment variable (line 0). */
    record Place(String file, int line) {
        @Override
        public String toString() {
            return line == 0 ? file : file + ":" + line;
        }
    }

    record Scalar(Place place, String text) implements Tree {}

    record Items(Place place, List<Tree> items) implements Tree {}

    /**
     * Keys with their values in the order of the file.
     *
     * @param keys where each key stands; a section's own place is that of its first key
     */
    record Section(Place place, Map<String, Tree> entries, Map<String, Place> keys) implements Tree {
        Section(Place place, Map<String, Tree> entries) {
            this(place, entries, Map.of());
        }

        /** Where the key stands; the place of its value where there is no line of its own, as in the environment. */
        Place placeOf(String key) {
            Tree value = entries.get(key);
            Place place = keys.get(key);
            return place != null ? place : value != null ? value.place() : place();
        }

        @Nullable
        Tree get(String key) {
            return entries.get(key);
        }
    }

    /** What the entry of a list calls itself; null when it is no section or has no name. */
    static @Nullable String nameOf(Tree item) {
        return item instanceof Section section && section.get("name") instanceof Scalar name ? name.text() : null;
    }

    /**
     * Lays one tree over another: sections key by key, everything else replaces what was there.
     *
     * @param extendLists whether lists of named things are merged by name instead of replaced
     */
    static Tree overlay(Tree below, Tree above, boolean extendLists) {
        if (below instanceof Section under && above instanceof Section over) {
            Map<String, Tree> merged = new LinkedHashMap<>(under.entries());
            over.entries()
                    .forEach((key, value) -> merged.merge(key, value, (old, now) -> overlay(old, now, extendLists)));
            Map<String, Place> keys = new LinkedHashMap<>(under.keys());
            keys.putAll(over.keys());
            return new Section(over.place(), merged, keys);
        }
        if (below instanceof Items under && above instanceof Items over && isNamed(under) && isNamed(over)) {
            return extendLists ? extended(under, over) : withTemplate(under, over);
        }
        return above;
    }

    private static boolean isNamed(Items list) {
        return !list.items().isEmpty() && list.items().stream().allMatch(item -> nameOf(item) != null);
    }

    private static Items extended(Items under, Items over) {
        Map<String, Tree> merged = new LinkedHashMap<>();
        under.items().forEach(item -> merged.put(String.valueOf(nameOf(item)), item));
        over.items()
                .forEach(item ->
                        merged.merge(String.valueOf(nameOf(item)), item, (old, now) -> overlay(old, now, true)));
        return new Items(over.place(), List.copyOf(merged.values()));
    }

    /** The list above alone, but with the {@code *} entry below it, which says what the others leave out. */
    private static Items withTemplate(Items under, Items over) {
        List<Tree> items = new ArrayList<>();
        Tree template = template(under);
        Tree own = template(over);
        if (template != null) {
            items.add(own == null ? template : overlay(template, own, false));
        }
        over.items().stream()
                .filter(item -> template == null || !item.equals(own))
                .forEach(items::add);
        return new Items(over.place(), items);
    }

    /** The {@code *} entry of a list. */
    static @Nullable Tree template(Items list) {
        return list.items().stream()
                .filter(item -> "*".equals(nameOf(item)))
                .findFirst()
                .orElse(null);
    }
}
