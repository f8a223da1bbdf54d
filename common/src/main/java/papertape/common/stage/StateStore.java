package papertape.common.stage;

import java.util.function.Function;

/** A partition's saved state: named tables of small entries. */
public interface StateStore {
    /**
     * Opens a table with what was saved.
     *
     * @param name unique within the stage; part of the stored data's format
     * @param key reads a key back from its {@code toString}
     * @param value type of the entries: a value type, string, number, enum, list, or a record of those; records are stored
     *     as JSON by component name
     * @throws IllegalStateException when an entry cannot be read
     */
    <K extends Comparable<? super K>, V> StateTable<K, V> table(String name, Function<String, K> key, Class<V> value);
}
