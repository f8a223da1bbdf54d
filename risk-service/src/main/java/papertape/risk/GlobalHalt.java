package papertape.risk;

import org.jspecify.annotations.Nullable;
import papertape.common.stage.StateTable;

/** Whether all accounts of the partition, and those to come, are halted by hand. */
final class GlobalHalt {
    private static final String KEY = "all";

    private final StateTable<String, String> saved;

    GlobalHalt(StateTable<String, String> saved) {
        this.saved = saved;
    }

    /** Why, in words; null when it is not on. */
    @Nullable
    String reason() {
        return saved.get(KEY);
    }

    void set(String reason) {
        saved.put(KEY, reason);
    }

    void clear() {
        saved.remove(KEY);
    }
}
