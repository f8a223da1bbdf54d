package papertape.common.stage;

import papertape.common.message.Channel;
import papertape.common.message.Header;
import papertape.common.message.Message;

/**
 * Where a stage puts what it sends while it handles a message. Nothing leaves before the commit, which carries the
 * progress, the changed state and everything sent, together or not at all.
 */
public interface Outbox {
    /**
     * A header for the next message: a fresh deterministic id, the message being handled as its cause, and that one's
     * origin. Use each header once and send in the order of creation.
     *
     * @param ts event time in microseconds since the epoch; usually that of the message being handled
     */
    Header header(long ts);

    void send(Channel channel, Message message);

    /**
     * Sends the message that is being handled to the dead letters as well, though it is handled: a part of it was left out.
     * What the stage changes and sends for it stays.
     *
     * @param reason which part, and the value
     */
    void deadLetter(String reason);

    /**
     * Does a part of the work: when it throws, nothing of what it sent on journaled channels remains, and the exception goes
     * on. Parts do not contain each other.
     */
    void whole(Runnable part);

    /** Says that the stage has contained a failure: the runtime logs it as an error, since a person must look at it. */
    void contained(String what, RuntimeException failure);
}
