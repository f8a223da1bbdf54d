package papertape.common.runtime;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.bus.Bus;

/**
 * Where a worker touches the world outside the bus; an ordinary stage has none. Called by the worker's thread.
 */
interface Edge extends AutoCloseable {
    Edge NONE = new Edge() {};

    /** Whether the worker waits in {@link #receive} rather than for what is published. */
    default boolean waits() {
        return false;
    }

    /** Pub/sub channels to hear besides the tasks' own. */
    default Set<String> channels() {
        return Set.of();
    }

    /** How long the worker may rest before it looks what has been published, in milliseconds. */
    default long restMs() {
        return 0;
    }

    /** Redis has been connected to, and holds the data of the stack with this id. */
    default void belongs(String stackId) {}

    /** A request from downstream. */
    default void onControl(byte[] text) {}

    /** Takes what has come from outside and gives it to the group's tasks. */
    default void receive(Bus bus, TaskGroup group, long waitMicros) {}

    /** A round over these tasks begins. */
    default void begin(Collection<Task> tasks) {}

    /** Whether the task's turn has come. */
    default boolean isReady(Task task) {
        return true;
    }

    /** Writes outside what must be there before the tasks' commits. */
    default void write(List<Task> busy) throws IOException {}

    /** The owned tasks have changed. */
    default void assigned(TaskGroup group) {}

    /** Why the other side is of no use at the moment, though it answers; empty where all is well. */
    default String complaint() {
        return "";
    }

    default SortedMap<String, Long> counters() {
        return new TreeMap<>();
    }

    @Override
    default void close() {}
}
