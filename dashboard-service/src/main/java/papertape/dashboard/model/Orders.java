package papertape.dashboard.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import papertape.common.message.Execution;
import papertape.common.value.ExecType;

/** Orders from their executions: those that work, and the latest that have ended. */
final class Orders {
    static final int MAX_ENDED = 20_000;
    static final int MAX_FILLS = 20_000;

    private final Map<String, OrderRow> working = new LinkedHashMap<>();
    private final LinkedHashMap<String, OrderRow> ended = new LinkedHashMap<>();
    private final Deque<OrderRow.FillRow> fills = new ArrayDeque<>();
    private long version;
    private long fillCount;

    void accept(Execution execution) {
        String key = execution.account() + "|" + execution.orderId();
        OrderRow before = working.containsKey(key) ? working.get(key) : ended.get(key);
        if (before == null && (execution.terms() == null || execution.execType() == ExecType.CANCEL_REJECTED)) {
            return;
        }
        version++;
        OrderRow row = OrderRow.of(execution, before);
        if (row.isWorking()) {
            working.put(key, row);
        } else {
            working.remove(key);
            ended.remove(key);
            ended.put(key, row);
            if (ended.size() > MAX_ENDED) {
                ended.pollFirstEntry();
            }
        }
        if (execution.execType() == ExecType.TRADE && execution.lastPx() != null) {
            fill(execution);
        }
    }

    private void fill(Execution e) {
        fillCount++;
        fills.add(new OrderRow.FillRow(
                e.account().value(),
                e.orderId().value(),
                e.strategy() == null ? null : e.strategy().value(),
                e.instrument().name(),
                e.side(),
                e.lastQty(),
                Objects.requireNonNull(e.lastPx()),
                e.commission(),
                e.liquidity(),
                e.ts()));
        if (fills.size() > MAX_FILLS) {
            fills.removeFirst();
        }
    }

    long version() {
        return version;
    }

    long fillCount() {
        return fillCount;
    }

    /** Whether fills were more than are kept. */
    boolean hasLostFills() {
        return fillCount > fills.size();
    }

    List<OrderRow> working() {
        return List.copyOf(working.values());
    }

    /** The latest first: those that work, then those that have ended. */
    List<OrderRow> all() {
        List<OrderRow> all = new ArrayList<>(ended.values());
        all.addAll(working.values());
        return all.reversed();
    }

    List<OrderRow.FillRow> fills() {
        return List.copyOf(fills);
    }
}
