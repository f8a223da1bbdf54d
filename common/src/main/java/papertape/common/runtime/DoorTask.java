package papertape.common.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Commit;
import papertape.common.bus.Keys;
import papertape.common.bus.Partitions;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Account;
import papertape.common.message.Channel;
import papertape.common.message.DeadLetter;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.OrderRequest;
import papertape.common.message.Signal;
import papertape.common.stage.MarketTime;

/**
 * The front door of a channel: what anybody publishes on {@code pt:signals}, {@code pt:orders} or {@code pt:accounts}
 * without a partition is checked, gets an id and a time where it has none, and is appended to the journal of the partition
 * it belongs to. What does not validate goes to the dead letters with the reason.
 */
final class DoorTask extends Task {
    private static final int SHOWN_TEXT = 4_096;
    private static final String EVERY_ACCOUNT = "*";
    private static final String DOUBT =
            "the connection broke while this was taken in, and another worker took over: it may"
                    + " have been taken in or not; look before sending it again";

    private final Keys keys;
    private final Channel channel;
    private final String channelName;
    private final Partitions partitions;
    private final MessageCodec codec;
    private final OutboxBuffer outbox;
    private final Tally tally;
    private final WaitingRoom room;
    private final String marksChannel;
    private final int maxBytes;
    private final long maxSkew;
    private long marketTs;

    DoorTask(
            Keys keys,
            String stage,
            Channel channel,
            Map<String, Long> numbers,
            Partitions partitions,
            MessageCodec codec,
            int maxFrameBytes,
            int maxClientSkewMs,
            Tally tally,
            WaitingRoom room) {
        super(stage, 0, numbers.get("epoch"));
        this.keys = keys;
        this.channel = channel;
        this.channelName = keys.channel(channel);
        this.marksChannel = keys.channel(Channel.MARKS);
        this.partitions = partitions;
        this.codec = codec;
        this.tally = tally;
        this.maxBytes = maxFrameBytes;
        this.maxSkew = maxClientSkewMs * 1_000L;
        this.room = room;
        room.acquired(epoch, numbers.getOrDefault("out", 0L));
        this.outbox = new OutboxBuffer(stage, 0, numbers.getOrDefault("out", 0L), partitions, codec, maxFrameBytes);
    }

    @Override
    Set<String> channels() {
        return Set.of(channelName, marksChannel);
    }

    @Override
    void arrived(String name, byte[] bytes) {
        if (name.equals(channelName)) {
            room.add(bytes, maxBytes);
        } else if (name.equals(marksChannel)) {
            watchClock(bytes);
        }
    }

    private void watchClock(byte[] mark) {
        marketTs = Math.max(marketTs, MessageCodec.peekTs(mark, 0));
    }

    /** The market's time where it is not today's, as in a replay: a message is as old as what its sender could have seen. */
    private long eventTime(long now) {
        return marketTs > 0 && Math.abs(now - marketTs) > maxSkew ? marketTs : now;
    }

    /** Before the market has a time, the stage behind the door cannot tell what lies in the future. */
    private void checkTime(Message message, long now) {
        if (marketTs == 0 && message.ts() > now) {
            String flaw = MarketTime.flaw(message.ts(), now, maxSkew);
            if (flaw != null) {
                throw new CodecException(flaw);
            }
        }
    }

    @Override
    void mayHaveMissed(String channel) {
        // plain pub/sub: what was missed is known to its sender, whose PUBLISH told how many received it
    }

    @Override
    void fill(Bus bus) {
        // there is no journal in front of the door
    }

    @Override
    boolean hasWork() {
        return !room.waiting.isEmpty() || !room.doubtful.isEmpty();
    }

    @Override
    @Nullable
    Commit process(Turns turns) {
        outbox.clear();
        room.enter(epoch, outbox.count());
        for (Text text : room.doubtful) {
            deadLetter(text.bytes, DOUBT, Tally.nowMicros());
        }
        for (int i = 0; i < room.inCommit; i++) {
            enter(room.waiting.get(i));
        }
        Commit commit = new Commit(keys, stage, partition, epoch);
        outbox.drainTo(commit);
        return commit;
    }

    private void enter(Text waiting) {
        long now = Tally.nowMicros();
        byte[] text = waiting.bytes;
        if (waiting.length > text.length) {
            String reason = "a text of " + waiting.length + " bytes is larger than a frame may be (" + maxBytes
                    + " bytes, setting bus.maxFrameBytes)";
            deadLetter(text, reason, now);
            return;
        }
        outbox.handling(null, now);
        Header header = outbox.header(eventTime(now));
        try {
            Message message = codec.decode(text, 0, text.length, header);
            if (!belongs(message)) {
                throw new CodecException("a message of type " + MessageCodec.nameOf(message.getClass())
                        + " does not belong on " + channel.text());
            }
            checkTime(message, now);
            if (message instanceof Account account && account.account().value().equals(EVERY_ACCOUNT)) {
                for (int p = 0; p < partitions.count(); p++) {
                    outbox.append(channel, p, message);
                }
            } else {
                outbox.send(channel, message);
            }
        } catch (IllegalArgumentException e) {
            outbox.rollBack();
            deadLetter(text, String.valueOf(e.getMessage()), now);
        }
    }

    private boolean belongs(Message message) {
        return switch (channel) {
            case SIGNALS -> message instanceof Signal;
            case ORDERS -> message instanceof OrderRequest;
            case ACCOUNTS -> message instanceof Account account && account.action() != null;
            case RAW, TICKS, MARKS, APPROVED, EXECUTIONS, PNL, DEADLETTER, CONTROL -> false;
        };
    }

    private void deadLetter(byte[] text, String reason, long now) {
        tally.deadLetters++;
        DeadLetters.warn(stage, channel, -1, 0, reason);
        outbox.handling(null, now);
        String shown = new String(text, 0, Math.min(text.length, SHOWN_TEXT), StandardCharsets.UTF_8);
        outbox.send(
                Channel.DEADLETTER,
                new DeadLetter(outbox.header(now), channel.text(), -1, 0, DeadLetters.reason(reason), shown));
    }

    @Override
    void committed() {
        tally.in += room.inCommit;
        tally.out += outbox.sent();
        room.committed();
        outbox.committed();
    }

    @Override
    boolean isFull() {
        return room.waiting.size() >= WaitingRoom.FULL || room.bytes >= WaitingRoom.FULL_BYTES;
    }

    @Override
    long lag(Map<String, Long> sequences) {
        return room.waiting.size();
    }

    /**
     * What somebody has published.
     *
     * @param length in bytes; where it is more than those that are there, the rest was too much to be kept
     */
    private record Text(byte[] bytes, int length) {}

    /**
     * What has been heard and is not known to be committed. It outlives the task, so that nothing is lost when the task is
     * acquired anew, and remembers the commit whose reply it waits for, so that nothing enters twice.
     */
    static final class WaitingRoom {
        private static final int MAX_COMMIT = 1_000;
        private static final long MAX_COMMIT_BYTES = 2L * 1024 * 1024;
        private static final int FULL = 2 * MAX_COMMIT;
        private static final long FULL_BYTES = 2 * MAX_COMMIT_BYTES;

        private final List<Text> waiting = new ArrayList<>();
        private final List<Text> doubtful = new ArrayList<>();
        /** Of all that waits. */
        private long bytes;

        private long epoch;
        private long sentBefore;
        private int inCommit;

        /** Of what no message can be, only what a dead letter shows is kept. */
        private void add(byte[] text, int maxBytes) {
            byte[] kept = text.length <= maxBytes ? text : Arrays.copyOf(text, Math.min(maxBytes, SHOWN_TEXT));
            waiting.add(new Text(kept, text.length));
            bytes += kept.length;
        }

        /** What happened to the commit under way when the connection broke shows in how much the task has sent since. */
        private void acquired(long newEpoch, long sent) {
            if (inCommit > 0 && sent != sentBefore) {
                List<Text> entered = waiting.subList(0, inCommit);
                if (newEpoch != epoch + 1) {
                    // another worker has sent meanwhile: whether this one had cannot be told any more
                    doubtful.addAll(entered);
                } else {
                    doubtful.clear();
                }
                leave(entered);
            }
            inCommit = 0;
        }

        private void enter(long underEpoch, long sent) {
            epoch = underEpoch;
            sentBefore = sent;
            inCommit = 0;
            for (long size = 0;
                    inCommit < Math.min(MAX_COMMIT, waiting.size()) && size < MAX_COMMIT_BYTES;
                    inCommit++) {
                size += waiting.get(inCommit).bytes.length;
            }
        }

        private void leave(List<Text> entered) {
            entered.forEach(text -> bytes -= text.bytes.length);
            entered.clear();
        }

        private void committed() {
            leave(waiting.subList(0, inCommit));
            doubtful.clear();
            inCommit = 0;
        }
    }
}
