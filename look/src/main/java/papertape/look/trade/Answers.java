package papertape.look.trade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/** What has been sent on some partitions of a channel since this was made; read from the journal, so nothing is missed. */
public final class Answers {
    private static final int CHUNK = 64;

    private final Bus bus;
    private final Channel channel;
    private final Map<Integer, Long> next = new TreeMap<>();
    private final MessageCodec codec = new MessageCodec();

    Answers(Bus bus, Channel channel, List<Integer> partitions) {
        this.bus = bus;
        this.channel = channel;
        Map<String, Long> sequences = bus.sequences();
        for (int partition : partitions) {
            next.put(partition, sequences.getOrDefault(channel.text() + "." + partition, 0L) + 1);
        }
    }

    /** What has come since the last call; never waits. */
    public List<Message> poll() {
        List<Message> found = new ArrayList<>();
        next.replaceAll((partition, seq) -> read(partition, seq, found));
        return found;
    }

    private long read(int partition, long from, List<Message> found) {
        long seq = from;
        while (true) {
            List<Frame> frames = bus.journal().read(channel, partition, seq, CHUNK);
            if (frames.isEmpty()) {
                return seq;
            }
            for (Frame frame : frames) {
                for (int i = (int) Math.max(0, seq - frame.seq()); i < frame.count(); i++) {
                    found.add(codec.decode(frame.line(i)));
                }
                seq = frame.last() + 1;
            }
        }
    }
}
