package papertape.system;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import papertape.common.stage.StageContext;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;

/** A stage's context whose tables a test can read while the stage has them open. */
final class OpenedState implements StageContext, StateStore {
    private final StageContext context;
    private final Map<String, StateTable<?, ?>> tables = new TreeMap<>();

    OpenedState(StageContext context) {
        this.context = context;
    }

    @Override
    public String stage() {
        return context.stage();
    }

    @Override
    public int partition() {
        return context.partition();
    }

    @Override
    public int partitions() {
        return context.partitions();
    }

    @Override
    public boolean owns(String key) {
        return context.owns(key);
    }

    @Override
    public StateStore state() {
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K extends Comparable<? super K>, V> StateTable<K, V> table(
            String name, Function<String, K> key, Class<V> value) {
        return (StateTable<K, V>)
                tables.computeIfAbsent(name, any -> context.state().table(name, key, value));
    }
}
