package papertape.look;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/** Reads a partition's journal from its beginning, or what is left of it. */
public final class JournalReader {
    private static final int CHUNK = 512;

    private final Bus bus;
    private final MessageCodec codec = new MessageCodec();

    public JournalReader(Bus bus) {
        this.bus = bus;
    }

    /** Whether the journal has been trimmed, so that its first messages are to be had from the database alone. */
    public boolean isTrimmed(Channel channel, int partition) {
        List<Frame> first = bus.journal().read(channel, partition, 1, 1);
        return !first.isEmpty() && first.getFirst().seq() > 1;
    }

    /**
     * Hands over every message whose text contains {@code part}, in order; others are not decoded.
     *
     * @param part empty: all
     */
    public void read(Channel channel, int partition, String part, Consumer<Message> sink) {
        long next = 1;
        while (true) {
            List<Frame> frames = bus.journal().read(channel, partition, next, CHUNK);
            if (frames.isEmpty()) {
                return;
            }
            for (Frame frame : frames) {
                read(frame, part, sink);
                next = frame.last() + 1;
            }
        }
    }

    private void read(Frame frame, String part, Consumer<Message> sink) {
        int from = frame.body();
        for (int i = 0; i < frame.count(); i++) {
            int end = frame.endOfLine(from);
            String line = new String(frame.bytes(), from, end - from, StandardCharsets.UTF_8);
            if (line.contains(part)) {
                sink.accept(codec.decode(line));
            }
            from = end + 1;
        }
    }
}
