package papertape.dashboard.model;

import java.util.List;
import papertape.common.bus.Frame;
import papertape.common.bus.Journal;
import papertape.common.message.Channel;

/** Reads one partition without holes: published messages, and the journal where one was missed. */
final class PartitionCursor {
    /** Takes the text of a message. */
    interface Sink {
        void message(byte[] bytes, int from, int length);
    }

    private static final int CHUNK = 256;

    private final Channel channel;
    private final int partition;
    private final Sink sink;
    private long next;
    private long skipped;

    /**
     * @param next number of the first message that is wanted
     * @param sink takes each message's text
     */
    PartitionCursor(Channel channel, int partition, long next, Sink sink) {
        this.channel = channel;
        this.partition = partition;
        this.next = next;
        this.sink = sink;
    }

    /** A frame was published: takes missed messages from the journal first, then the frame's new ones. */
    void published(Frame frame, Journal journal) {
        if (frame.seq() > next) {
            catchUp(journal);
        }
        take(frame);
    }

    /** Takes everything that the journal has and that was not taken yet. */
    void catchUp(Journal journal) {
        while (true) {
            List<Frame> frames = journal.read(channel, partition, next, CHUNK);
            if (frames.isEmpty()) {
                return;
            }
            frames.forEach(this::take);
        }
    }

    private void take(Frame frame) {
        if (frame.last() < next) {
            return;
        }
        // the journal was trimmed before this reader came
        skipped += Math.max(0, frame.seq() - next);
        int from = frame.body();
        for (int i = 0; i < frame.count(); i++) {
            int end = frame.endOfLine(from);
            if (frame.seq() + i >= next) {
                sink.message(frame.bytes(), from, end - from);
            }
            from = end + 1;
        }
        next = frame.last() + 1;
    }

    /** As in the hash of the sequence numbers, {@code ticks.3}. */
    String name() {
        return channel.text() + "." + partition;
    }

    long next() {
        return next;
    }

    /** Messages that the journal had no more when they were wanted. */
    long skipped() {
        return skipped;
    }
}
