package papertape.common.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Commit;
import papertape.common.bus.Partitions;
import papertape.common.json.Bytes;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Clock;
import papertape.common.message.Header;
import papertape.common.message.Message;
import papertape.common.message.Pnl;
import papertape.common.stage.Outbox;
import papertape.common.value.MessageId;

/** What a task has sent since its last commit, as text, by channel and partition. */
final class OutboxBuffer implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxBuffer.class);

    /** Lines that are waiting for one partition of a channel. */
    private static final class Lines {
        final Channel channel;
        final int partition;
        final Bytes text = new Bytes(1024);
        final List<Integer> ends = new ArrayList<>();
        /** Of the lines since the last commit. */
        final Set<Integer> clocks = new TreeSet<>();

        Lines(Channel channel, int partition) {
            this.channel = channel;
            this.partition = partition;
        }
    }

    private final String idPrefix;
    private final int partition;
    private final Partitions partitions;
    private final MessageCodec codec;
    private final int maxFrameBytes;
    private final @Nullable Lines[] all;
    private final List<Lines> used = new ArrayList<>();
    private final Map<Channel, Map<String, String>> plain = new LinkedHashMap<>();
    /** The latest report of each account and position is kept besides, for those who look on. */
    private final Map<String, byte[]> lastPnl = new LinkedHashMap<>();

    private final List<Lines> sinceMark = new ArrayList<>();
    /** Why the message being handled is to be a dead letter as well. */
    private final List<String> complaints = new ArrayList<>();

    private long committedCount;
    private long count;
    private long markCount;
    private int sent;
    private @Nullable MessageId cause;
    private long origin;

    OutboxBuffer(
            String stage, int partition, long count, Partitions partitions, MessageCodec codec, int maxFrameBytes) {
        this.idPrefix = stage + "." + partition + "-";
        this.partition = partition;
        this.partitions = partitions;
        this.codec = codec;
        this.maxFrameBytes = maxFrameBytes;
        this.all = new Lines[Channel.values().length * partitions.count()];
        this.committedCount = count;
        this.count = count;
    }

    /** From now on, what is sent is caused by this message, and {@link #rollBack} goes back to here. */
    void handling(@Nullable MessageId cause, long origin) {
        this.cause = cause;
        this.origin = origin;
        sinceMark.clear();
        complaints.clear();
        markCount = count;
    }

    /** Microseconds at which the raw message behind the next messages was received. */
    void origin(long micros) {
        this.origin = micros;
    }

    @Override
    public Header header(long ts) {
        return new Header(new MessageId(idPrefix + ++count), ts, cause, origin);
    }

    @Override
    public void send(Channel channel, Message message) {
        if (channel.isJournaled()) {
            // a clock is the time of a partition, not of a key
            append(channel, message instanceof Clock ? partition : partitions.of(channel.key(message)), message);
        } else {
            plain.computeIfAbsent(channel, any -> new LinkedHashMap<>())
                    .put(channel.key(message), codec.encode(message));
        }
    }

    @Override
    public void deadLetter(String reason) {
        complaints.add(reason);
    }

    @Override
    public void whole(Runnable part) {
        int messages = sinceMark.size();
        long countBefore = count;
        try {
            part.run();
        } catch (RuntimeException e) {
            rollBackTo(messages, countBefore);
            throw e;
        }
    }

    @Override
    public void contained(String what, RuntimeException failure) {
        LOG.atError()
                .addKeyValue("task", idPrefix.substring(0, idPrefix.length() - 1))
                .addKeyValue("message", cause)
                .addKeyValue("what", DeadLetters.reason(what))
                .setCause(failure)
                .log("a stage contained a failure");
    }

    /** What {@link #deadLetter} was called with since {@link #handling}; empty where it was not. */
    List<String> takeComplaints() {
        if (complaints.isEmpty()) {
            return List.of();
        }
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    /** Sends to a partition of the caller's choice. */
    void append(Channel channel, int partition, Message message) {
        Lines lines = lines(channel, partition);
        int start = lines.ends.isEmpty() ? 0 : lines.ends.getLast();
        try {
            codec.encode(message, lines.text);
        } catch (RuntimeException e) {
            lines.text.truncate(start);
            throw e;
        }
        if (lines.text.size() - start >= maxFrameBytes) {
            int size = lines.text.size() - start;
            lines.text.truncate(start);
            throw new IllegalArgumentException("a message of " + size + " bytes is larger than a frame may be ("
                    + maxFrameBytes + " bytes, setting bus.maxFrameBytes)");
        }
        if (message instanceof Pnl pnl) {
            lastPnl.put(positionKey(pnl), Arrays.copyOfRange(lines.text.array(), start, lines.text.size()));
        }
        lines.text.write('\n');
        if (lines.ends.isEmpty()) {
            used.add(lines);
        }
        if (message instanceof Clock) {
            lines.clocks.add(lines.ends.size());
        }
        lines.ends.add(lines.text.size());
        sinceMark.add(lines);
        sent++;
    }

    private static String positionKey(Pnl pnl) {
        return pnl.instrument() == null ? pnl.account().value() : pnl.account() + "|" + pnl.instrument();
    }

    private Lines lines(Channel channel, int partition) {
        int index = channel.ordinal() * partitions.count() + partition;
        Lines lines = all[index];
        if (lines == null) {
            lines = new Lines(channel, partition);
            all[index] = lines;
        }
        return lines;
    }

    /** Forgets what was sent since {@link #handling}. */
    void rollBack() {
        rollBackTo(0, markCount);
        complaints.clear();
    }

    private void rollBackTo(int messages, long sentCount) {
        for (int i = sinceMark.size() - 1; i >= messages; i--) {
            Lines lines = sinceMark.remove(i);
            lines.ends.removeLast();
            lines.clocks.remove(lines.ends.size());
            lines.text.truncate(lines.ends.isEmpty() ? 0 : lines.ends.getLast());
            sent--;
        }
        used.removeIf(lines -> lines.ends.isEmpty());
        count = sentCount;
    }

    boolean isUnchanged() {
        return sinceMark.isEmpty() && count == markCount;
    }

    /** Forgets everything since the last commit. */
    void clear() {
        for (Lines lines : used) {
            lines.text.reset();
            lines.ends.clear();
            lines.clocks.clear();
        }
        used.clear();
        plain.clear();
        lastPnl.clear();
        sinceMark.clear();
        sent = 0;
        count = committedCount;
    }

    /** Messages sent since the last commit. */
    int sent() {
        return sent;
    }

    boolean isEmpty() {
        return used.isEmpty() && plain.isEmpty();
    }

    /** How many messages the task has sent in its life, those of the commit under way included. */
    long count() {
        return count;
    }

    void drainTo(Commit commit) {
        if (count != committedCount) {
            commit.move("out", committedCount, count);
        }
        for (Lines lines : used) {
            frames(lines, commit);
        }
        lastPnl.forEach((key, text) -> commit.lastValue(Channel.PNL, key, text));
        plain.forEach((channel, byKey) ->
                byKey.forEach((key, text) -> commit.plain(channel, key, text.getBytes(StandardCharsets.UTF_8))));
    }

    /** As few frames as the size limit allows. */
    private void frames(Lines lines, Commit commit) {
        byte[] text = lines.text.array();
        int from = 0;
        int messages = 0;
        int clocks = 0;
        for (int i = 0; i < lines.ends.size(); i++) {
            int end = lines.ends.get(i);
            if (messages > 0 && end - from > maxFrameBytes) {
                int to = lines.ends.get(i - 1);
                commit.frame(lines.channel, lines.partition, messages, clocks, slice(text, from, to));
                from = to;
                messages = 0;
                clocks = 0;
            }
            messages++;
            clocks += lines.clocks.contains(i) ? 1 : 0;
        }
        commit.frame(lines.channel, lines.partition, messages, clocks, slice(text, from, lines.text.size()));
    }

    private static byte[] slice(byte[] text, int from, int to) {
        // the last line feed is left out: a frame's lines are separated, not ended
        return Arrays.copyOfRange(text, from, to - 1);
    }

    void committed() {
        committedCount = count;
        clear();
    }
}
