package papertape.common.stage;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map whose changed entries are saved with the next commit; an entry that changes ten times in a batch is
 * written once. Values must be immutable: change one by putting another. Not for use by several threads.
 */
public final class StateTable<K extends Comparable<? super K>, V> {
    private final NavigableMap<K, V> entries;
    /** In the order of the changes. Hashing a key costs less than comparing it ten times with others much like it. */
    private final Set<K> changed = new LinkedHashSet<>();

    private long mutations;
    private boolean isRecording;
    /** What each changed entry was at the savepoint. */
    private @Nullable Map<K, Optional<V>> before;

    /** For stores: a table over what was saved. */
    public StateTable(NavigableMap<K, V> saved) {
        this.entries = saved;
    }

    public @Nullable V get(K key) {
        return entries.get(key);
    }

    public V getOrDefault(K key, V otherwise) {
        return entries.getOrDefault(key, otherwise);
    }

    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    public void put(K key, V value) {
        record(key, entries.put(key, value));
        changed.add(key);
        mutations++;
    }

    public @Nullable V remove(K key) {
        V old = entries.remove(key);
        if (old != null) {
            record(key, old);
            changed.add(key);
            mutations++;
        }
        return old;
    }

    private void record(K key, @Nullable V old) {
        if (isRecording) {
            if (before == null) {
                before = new LinkedHashMap<>();
            }
            before.putIfAbsent(key, Optional.ofNullable(old));
        }
    }

    /** From now on {@link #rollBack} goes back to here, until {@link #release}. */
    public void savepoint() {
        isRecording = true;
        before = null;
    }

    public void release() {
        isRecording = false;
        before = null;
    }

    /** Makes the entries what they were at the savepoint. */
    public void rollBack() {
        if (before != null) {
            before.forEach((key, old) -> {
                old.ifPresentOrElse(value -> entries.put(key, value), () -> entries.remove(key));
                mutations++;
            });
        }
        release();
    }

    public int size() {
        return entries.size();
    }

    /** All values in the order of their keys; a live view that must not be changed. */
    public Collection<V> values() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** The entries in the order of their keys; a live view that must not be changed. */
    public NavigableMap<K, V> entries() {
        return Collections.unmodifiableNavigableMap(entries);
    }

    /** For stores: hands over each changed entry, a removed one with null, and forgets that they changed. */
    public void drainChanges(BiConsumer<K, @Nullable V> sink) {
        for (K key : changed) {
            sink.accept(key, entries.get(key));
        }
        changed.clear();
    }

    /** How often the table was changed since it was opened. */
    public long mutations() {
        return mutations;
    }

    @Override
    public String toString() {
        return Map.copyOf(entries).toString();
    }
}
