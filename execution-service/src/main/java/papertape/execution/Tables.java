package papertape.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import papertape.common.stage.StateStore;
import papertape.common.stage.StateTable;

/** The stage's saved state, which goes back to a savepoint as a whole. */
final class Tables implements StateStore {
    private final StateStore store;
    private final List<StateTable<?, ?>> open = new ArrayList<>();

    Tables(StateStore store) {
        this.store = store;
    }

    @Override
    public <K extends Comparable<? super K>, V> StateTable<K, V> table(
            String name, Function<String, K> key, Class<V> value) {
        StateTable<K, V> table = store.table(name, key, value);
        open.add(table);
        return table;
    }

    void savepoint() {
        for (int i = 0; i < open.size(); i++) {
            open.get(i).savepoint();
        }
    }

    void release() {
        for (int i = 0; i < open.size(); i++) {
            open.get(i).release();
        }
    }

    void rollBack() {
        open.forEach(StateTable::rollBack);
    }
}
