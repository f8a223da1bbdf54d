package papertape.sim.replay;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which line next: per product a queue in file order, with a position and at most one owner. Not thread-safe.
 *
 * @param <C> a connection
 */
final class Playback<C> {
    private final Recording recording;
    private final Map<String, Queue<C>> queues = new LinkedHashMap<>();
    private boolean started;
    private int position;

    /** The lines of one product, as indexes into the recording. */
    private static final class Queue<C> {
        private final int[] lines;
        private int next;
        private @Nullable C owner;

        Queue(int[] lines) {
            this.lines = lines;
        }

        boolean canSend() {
            return owner != null && next < lines.length;
        }
    }

    /** The next line, and whose it is. */
    record Delivery<C>(C owner, Recording.Line line) {}

    Playback(Recording recording) {
        this.recording = recording;
        Map<String, Integer> sizes = new HashMap<>();
        for (int i = 0; i < recording.size(); i++) {
            sizes.merge(recording.line(i).product(), 1, Integer::sum);
        }
        sizes.forEach((product, size) -> queues.put(product, new Queue<>(new int[size])));
        for (int i = 0; i < recording.size(); i++) {
            Queue<C> queue = queue(recording.line(i).product());
            queue.lines[queue.next++] = i;
        }
        queues.values().forEach(queue -> queue.next = 0);
    }

    /**
     * Gives products to a connection, taking them from the one that had them. Products the recording does not know are
     * ignored.
     *
     * @param resume per product how many messages the connection has already; absent: none, from the start. Messages of
     *     no product go to the connection that names their position, taking them like any product; while nobody has, to the
     *     first that subscribes, from where they are
     * @throws IllegalArgumentException when a position is beyond the recording; nothing is changed then
     */
    void subscribe(C owner, Collection<String> products, Map<String, Integer> resume) {
        resume.forEach(this::checkPosition);
        for (String product : products) {
            Queue<C> queue = queues.get(product);
            if (queue != null && !product.equals(Recording.NO_PRODUCT)) {
                queue.owner = owner;
                moveTo(queue, resume.getOrDefault(product, 0));
            }
        }
        Queue<C> others = queues.get(Recording.NO_PRODUCT);
        if (others != null && (others.owner == null || resume.containsKey(Recording.NO_PRODUCT))) {
            others.owner = owner;
            moveTo(others, resume.getOrDefault(Recording.NO_PRODUCT, others.next));
        }
        started = started || allOwned();
    }

    void unsubscribe(C owner, Collection<String> products) {
        for (String product : products) {
            Queue<C> queue = queues.get(product);
            if (queue != null && owner.equals(queue.owner)) {
                queue.owner = null;
            }
        }
    }

    /** The connection is gone: its products wait for another. */
    void release(C owner) {
        unsubscribe(owner, queues.keySet());
    }

    /** The earliest line that has an owner; null while there is none, or not yet every product had one. */
    @Nullable
    Delivery<C> peek() {
        Queue<C> first = first();
        if (!started || first == null) {
            return null;
        }
        C owner = first.owner;
        return owner == null ? null : new Delivery<>(owner, recording.line(first.lines[first.next]));
    }

    /** The line that {@link #peek} gave has been sent. */
    void advance() {
        Queue<C> first = first();
        if (first != null) {
            moveTo(first, first.next + 1);
        }
    }

    /** Lines sent and not asked for again. */
    int position() {
        return position;
    }

    private @Nullable Queue<C> first() {
        Queue<C> first = null;
        for (Queue<C> queue : queues.values()) {
            if (queue.canSend() && (first == null || queue.lines[queue.next] < first.lines[first.next])) {
                first = queue;
            }
        }
        return first;
    }

    private void moveTo(Queue<C> queue, int next) {
        position += next - queue.next;
        queue.next = next;
    }

    private boolean allOwned() {
        return queues.values().stream().allMatch(queue -> queue.owner != null);
    }

    private void checkPosition(String product, int next) {
        Queue<C> queue = queues.get(product);
        if (queue != null && next > queue.lines.length) {
            throw new IllegalArgumentException(
                    "resume of " + product + " is " + next + ", but the recording has " + queue.lines.length);
        }
    }

    private Queue<C> queue(String product) {
        Queue<C> queue = queues.get(product);
        if (queue == null) {
            throw new IllegalArgumentException(product);
        }
        return queue;
    }
}
