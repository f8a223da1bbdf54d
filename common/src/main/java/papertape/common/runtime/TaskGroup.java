package papertape.common.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Bus;

/**
 * A stage's tasks as one of its workers sees them: takes its fair share of them, gives back what is too much, keeps the
 * leases alive. Equal workers agree on the shares without talking: each counts the living and takes the tasks that are
 * free.
 */
final class TaskGroup {
    private static final Logger LOG = LoggerFactory.getLogger(TaskGroup.class);

    /** Builds a task that has just been acquired. */
    @FunctionalInterface
    interface Factory {
        Task create(int partition, Map<String, Long> numbers, Supplier<Map<String, byte[]>> entries);
    }

    final String stage;
    private final String worker;
    private final int tasks;
    private final int leaseMs;
    private final Factory factory;
    private final Map<Integer, Task> owned = new TreeMap<>();
    private List<String> workers = List.of();

    TaskGroup(String stage, String worker, int tasks, int leaseMs, Factory factory) {
        this.stage = stage;
        this.worker = worker;
        this.tasks = tasks;
        this.leaseMs = leaseMs;
        this.factory = factory;
    }

    Map<Integer, Task> owned() {
        return owned;
    }

    /** Prolongs the leases, then gives and takes. Returns whether the set of owned tasks has changed. */
    boolean renew(Bus bus) {
        Map<Integer, Long> epochs = new TreeMap<>();
        owned.forEach((partition, task) -> epochs.put(partition, task.epoch));
        Bus.Renewal renewal = bus.renew(stage, worker, leaseMs, epochs);
        workers = renewal.workers();
        boolean changed = false;
        for (int partition : renewal.lost()) {
            lose(partition, "lease was lost");
            changed = true;
        }
        changed |= releaseBeyond(share(), bus);
        changed |= acquireUpTo(share(), bus);
        return changed;
    }

    /** Takes no part in the work, but stays to see what becomes free. */
    int share() {
        int rank = workers.indexOf(worker);
        if (rank < 0) {
            return 0;
        }
        return tasks / workers.size() + (rank < tasks % workers.size() ? 1 : 0);
    }

    private boolean releaseBeyond(int share, Bus bus) {
        boolean changed = false;
        List<Integer> partitions = new ArrayList<>(owned.keySet()).reversed();
        for (int i = 0; i < partitions.size() - share; i++) {
            int partition = partitions.get(i);
            owned.remove(partition);
            bus.release(stage, partition, worker);
            LOG.atInfo().addKeyValue("task", stage + "." + partition).log("task released");
            changed = true;
        }
        return changed;
    }

    private boolean acquireUpTo(int share, Bus bus) {
        if (owned.size() >= share) {
            return false;
        }
        boolean changed = false;
        List<String> owners = bus.owners(stage, tasks);
        for (int partition = 0; partition < tasks && owned.size() < share; partition++) {
            String owner = owners.get(partition);
            if (!owned.containsKey(partition) && (owner.isEmpty() || owner.equals(worker))) {
                changed |= acquire(partition, bus);
            }
        }
        return changed;
    }

    private boolean acquire(int partition, Bus bus) {
        Map<String, Long> numbers = bus.acquire(stage, partition, worker, leaseMs);
        if (numbers == null) {
            return false;
        }
        owned.put(partition, factory.create(partition, numbers, () -> entries(bus, partition)));
        LOG.atInfo()
                .addKeyValue("task", stage + "." + partition)
                .addKeyValue("epoch", numbers.get("epoch"))
                .log("task acquired");
        return true;
    }

    private Map<String, byte[]> entries(Bus bus, int partition) {
        return bus.redis().rawHash(bus.keys().state(stage, partition));
    }

    /** Replaces a task that gave up by one built from what is committed. */
    void rebuild(StageTask failed, Bus bus) {
        Map<String, Long> numbers = bus.task(stage, failed.partition);
        if (!Long.valueOf(failed.epoch).equals(numbers.get("epoch"))) {
            lose(failed.partition, "another worker has it");
            return;
        }
        owned.put(failed.partition, StageTask.afterFailure(failed, numbers, entries(bus, failed.partition)));
    }

    void lose(int partition, String reason) {
        owned.remove(partition);
        LOG.atWarn()
                .addKeyValue("task", stage + "." + partition)
                .addKeyValue("reason", reason)
                .log("task lost");
    }

    /** Forgets everything: what is committed is read again when the tasks are acquired again. */
    void forget() {
        owned.clear();
    }

    /** Gives all tasks back and leaves the stage's workers. */
    void leave(Bus bus) {
        releaseBeyond(0, bus);
        bus.leave(stage, worker);
    }

    @Nullable
    Task task(int partition) {
        return owned.get(partition);
    }
}
