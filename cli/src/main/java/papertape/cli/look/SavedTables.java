package papertape.cli.look;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import papertape.common.bus.Bus;
import papertape.common.json.StateCodec;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;

/** A task's saved state as it is at one moment, for reading: what is put into its tables goes nowhere. */
public final class SavedTables implements StateStore {
    private final Map<String, Map<String, byte[]>> saved = new HashMap<>();

    private SavedTables(Map<String, byte[]> entries) {
        entries.forEach((entry, value) -> {
            int bar = entry.indexOf('|');
            saved.computeIfAbsent(entry.substring(0, bar), any -> new HashMap<>())
                    .put(entry.substring(bar + 1), value);
        });
    }

    /** The state of a stage's task of one partition. */
    public static SavedTables of(Bus bus, String stage, int partition) {
        return new SavedTables(bus.redis().rawHash(bus.keys().state(stage, partition)));
    }

    @Override
    public <K extends Comparable<? super K>, V> StateTable<K, V> table(
            String name, Function<String, K> key, Class<V> value) {
        StateCodec<V> codec = new StateCodec<>(value);
        TreeMap<K, V> entries = new TreeMap<>();
        saved.getOrDefault(name, Map.of()).forEach((k, v) -> entries.put(key.apply(k), codec.decode(v)));
        return new StateTable<>(entries);
    }
}
