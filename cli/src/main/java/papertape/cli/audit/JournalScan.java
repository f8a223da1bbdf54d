package papertape.cli.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.Message;

/** Reads every journal from its beginning to where it ended when the scan began, and counts. */
public final class JournalScan {
    private static final int CHUNK = 512;
    private static final String EVERY_ACCOUNT = "*";

    /**
     * One partition of a channel.
     *
     * @param first sequence number the journal begins with; above 1 where it has been trimmed
     * @param last sequence number given out when the scan began
     * @param gaps sequence numbers that are missing between first and last
     * @param duplicates sequence numbers or message ids that stand twice
     */
    public record PartitionCount(
            String channel, int partition, long first, long last, long messages, long gaps, long duplicates) {
        boolean isTrimmed() {
            return first > 1;
        }
    }

    private final Bus bus;
    private final int partitions;
    private final MessageCodec codec = new MessageCodec();
    private long unreadable;

    public JournalScan(Bus bus, int partitions) {
        this.bus = bus;
        this.partitions = partitions;
    }

    /** @param sink takes every message that can be decoded, partition by partition in the order of the numbers */
    public List<PartitionCount> run(Map<String, Long> sequences, BiConsumer<Channel, Message> sink) {
        List<PartitionCount> counts = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (channel.isJournaled()) {
                Set<String> ids = new HashSet<>();
                for (int p = 0; p < partitions; p++) {
                    long last = sequences.getOrDefault(channel.text() + "." + p, 0L);
                    counts.add(scan(channel, p, last, ids, sink));
                }
            }
        }
        return counts;
    }

    private PartitionCount scan(
            Channel channel, int partition, long last, Set<String> ids, BiConsumer<Channel, Message> sink) {
        long first = 0;
        long messages = 0;
        long gaps = 0;
        long duplicates = 0;
        long next = 1;
        while (next <= last) {
            List<Frame> frames = bus.journal().read(channel, partition, next, CHUNK);
            if (frames.isEmpty()) {
                gaps += last - next + 1;
                break;
            }
            for (Frame frame : frames) {
                if (first == 0) {
                    first = frame.seq();
                    next = first;
                }
                gaps += Math.max(0, frame.seq() - next);
                duplicates += Math.max(0, next - frame.seq());
                next = frame.last() + 1;
                duplicates += visit(channel, partition, frame, ids, sink);
                messages += frame.count();
            }
        }
        return new PartitionCount(channel.text(), partition, first, last, messages, gaps, duplicates);
    }

    /** Messages that could not be decoded. */
    public long unreadable() {
        return unreadable;
    }

    /** Returns how many of the frame's messages have an id that was there before. */
    private long visit(
            Channel channel, int partition, Frame frame, Set<String> ids, BiConsumer<Channel, Message> sink) {
        long duplicates = 0;
        int from = frame.body();
        for (int i = 0; i < frame.count(); i++) {
            int end = frame.endOfLine(from);
            try {
                Message message = codec.decode(frame.bytes(), from, end - from, null);
                if (!ids.add(name(message, partition))) {
                    duplicates++;
                }
                sink.accept(channel, message);
            } catch (CodecException e) {
                // who reads the channel has sent it to the dead letters, where it is seen
                unreadable++;
            }
            from = end + 1;
        }
        return duplicates;
    }

    /** A command for every account goes to every partition, once to each. */
    private static String name(Message message, int partition) {
        String id = message.header().id().value();
        return message instanceof Account account && account.account().value().equals(EVERY_ACCOUNT)
                ? id + "@" + partition
                : id;
    }

    /** Numbers by {@code channel.partition} in the form that the database's audit wants. */
    static Map<Channel, Map<Integer, Long>> byChannel(Map<String, Long> sequences, int partitions) {
        Map<Channel, Map<Integer, Long>> result = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            if (channel.isJournaled()) {
                Map<Integer, Long> byPartition = new TreeMap<>();
                for (int p = 0; p < partitions; p++) {
                    byPartition.put(p, sequences.getOrDefault(channel.text() + "." + p, 0L));
                }
                result.put(channel, byPartition);
            }
        }
        return result;
    }
}
