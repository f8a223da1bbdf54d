package papertape.common.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.config.Tree.Items;
import papertape.common.config.Tree.Place;
import papertape.common.config.Tree.Scalar;
import papertape.common.config.Tree.Section;

/**
 * Plain settings from environment variables: {@code PAPERTAPE_BUS_LEASE_MS} is {@code bus.leaseMs}. A name that is nearly
 * a setting's is a problem; others may mean something to somebody else.
 */
final class Environment {
    private static final String PREFIX = "PAPERTAPE_";

    private Environment() {}

    static Section over(Section root, Map<String, String> env, Problems problems) {
        Map<String, Tree> sections = new LinkedHashMap<>(root.entries());
        for (RecordComponent section : Config.class.getRecordComponents()) {
            if (section.getType().isRecord() && sections.get(section.getName()) instanceof Section file) {
                sections.put(section.getName(), section(section, file, env, problems));
            }
        }
        return new Section(root.place(), sections, root.keys());
    }

    private static Section section(RecordComponent section, Section file, Map<String, String> env, Problems problems) {
        Map<String, RecordComponent> names = new TreeMap<>();
        String prefix = PREFIX + section.getName().toUpperCase(Locale.ROOT) + "_";
        for (RecordComponent setting : section.getType().getRecordComponents()) {
            names.put(prefix + variable(setting.getName()), setting);
        }
        Map<String, Tree> settings = new LinkedHashMap<>(file.entries());
        Map<String, Place> keys = new LinkedHashMap<>(file.keys());
        env.forEach((name, value) -> {
            RecordComponent setting = names.get(name);
            if (setting != null) {
                settings.put(setting.getName(), value(new Place(name, 0), setting, value));
                keys.put(setting.getName(), new Place(name, 0));
            } else if (name.startsWith(prefix) && Problems.isMisspelt(name, names.keySet())) {
                problems.unknownKey(new Place("environment", 0), name, name, names.keySet());
            }
        });
        return new Section(file.place(), settings, keys);
    }

    private static Tree value(Place place, RecordComponent setting, String value) {
        if (setting.getType() != List.class) {
            return new Scalar(place, value);
        }
        return new Items(
                place,
                Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .<Tree>map(item -> new Scalar(place, item))
                        .toList());
    }

    /** {@code leaseMs} as {@code LEASE_MS}. */
    private static String variable(String camel) {
        StringBuilder out = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c)) {
                out.append('_');
            }
            out.append(Character.toUpperCase(c));
        }
        return out.toString();
    }
}
