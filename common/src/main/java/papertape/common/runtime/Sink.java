package papertape.common.runtime;

import java.io.IOException;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/**
 * Where messages go that leave the stack (a database). Delivery is at least once: a sink recognises what it has already
 * written by (channel, partition, seq). Called by one thread.
 */
public interface Sink extends AutoCloseable {
    /** A message and its place in its channel. */
    record Delivery(Channel channel, int partition, long seq, Message message) {}

    /** The stack whose messages come from now on: the other side has to be the same stack's. Before the first batch. */
    default void belongs(String stackId) {}

    /**
     * Writes the whole batch durably.
     *
     * @param batch in the order of event time; a message is read when the iteration comes to it, so that a batch may be
     *     larger than the heap would hold
     * @throws IOException when the other side is away; the same batch comes again later
     */
    void write(Iterable<Delivery> batch) throws IOException;

    /** Why what was written is of no use at the moment, though it was taken; empty where all is well. Any thread. */
    default String complaint() {
        return "";
    }

    @Override
    void close();
}
