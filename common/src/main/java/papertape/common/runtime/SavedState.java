package papertape.common.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Commit;
import papertape.common.json.StateCodec;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;

/** A task's state tables over the entries of its hash in Redis, {@code table|key}. */
final class SavedState implements StateStore {
    private record Open<K extends Comparable<? super K>, V>(String name, StateTable<K, V> table, StateCodec<V> codec) {
        void drainTo(Commit commit) {
            table.drainChanges((key, value) -> change(commit, name + "|" + key, value));
        }

        private void change(Commit commit, String entry, @Nullable V value) {
            if (value == null) {
                commit.remove(entry);
            } else {
                commit.set(entry, codec.encode(value));
            }
        }
    }

    private final Map<String, Map<String, byte[]>> saved = new HashMap<>();
    private final List<Open<?, ?>> open = new ArrayList<>();

    SavedState(Map<String, byte[]> entries) {
        entries.forEach((entry, value) -> {
            int bar = entry.indexOf('|');
            saved.computeIfAbsent(entry.substring(0, bar), any -> new HashMap<>())
                    .put(entry.substring(bar + 1), value);
        });
    }

    @Override
    public <K extends Comparable<? super K>, V> StateTable<K, V> table(
            String name, Function<String, K> key, Class<V> value) {
        StateCodec<V> codec = new StateCodec<>(value);
        TreeMap<K, V> entries = new TreeMap<>();
        Map<String, byte[]> found = saved.remove(name);
        if (found != null) {
            found.forEach((k, v) -> entries.put(key.apply(k), decode(name, k, codec, v)));
        }
        StateTable<K, V> table = new StateTable<>(entries);
        open.add(new Open<>(name, table, codec));
        return table;
    }

    private static <V> V decode(String table, String key, StateCodec<V> codec, byte[] text) {
        try {
            return codec.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "state entry " + table + "|" + key + " cannot be read: " + e.getMessage(), e);
        }
    }

    void drainTo(Commit commit) {
        for (Open<?, ?> each : open) {
            each.drainTo(commit);
        }
    }

    /** Rises with every change of any table. */
    long mutations() {
        long sum = 0;
        for (Open<?, ?> each : open) {
            sum += each.table.mutations();
        }
        return sum;
    }
}
