package papertape.common.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.bus.Frame;
import papertape.common.bus.Journal;
import papertape.common.bus.Keys;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;

/**
 * Where a task stands in one partition of an input channel. Gives its messages one by one in the order of their numbers,
 * each once, whatever arrives twice, late or not at all: holes are filled from the journal.
 */
final class InputCursor {
    private static final Logger LOG = LoggerFactory.getLogger(InputCursor.class);
    private static final long MAX_PENDING_BYTES = 6L * 1024 * 1024;
    private static final String ID = "\"id\":\"";
    private static final long FILL_BYTES = 3L * 1024 * 1024;
    private static final int FIRST_FILL_FRAMES = 32;
    private static final int MIN_FILL_FRAMES = 8;
    private static final int MAX_FILL_FRAMES = 512;

    final Input input;
    final String channelName;
    private final int partition;
    private final Deque<Frame> pending = new ArrayDeque<>();
    private long pendingBytes;
    private long committed;
    private long taken;
    private long received;
    private long announced;
    private long limit = Long.MAX_VALUE;
    /** Messages that were in no frame, and whose number has been stepped over since {@link #takeMissing}. */
    private long missing;
    /** What was published did not follow what had arrived, or there was no room for it. */
    private boolean hasGap;

    private @Nullable Frame current;
    private int at;
    private int end;
    private int fillFrames = FIRST_FILL_FRAMES;

    InputCursor(Keys keys, Input input, int partition, long committed) {
        this.input = input;
        this.partition = partition;
        this.channelName = keys.channel(input.channel(), partition);
        this.committed = committed;
        this.taken = committed;
        this.received = committed;
        // what the journal holds is not known yet: look
        this.announced = committed + 1;
    }

    Channel channel() {
        return input.channel();
    }

    /** A frame was published. */
    void arrived(Frame frame) {
        announced = Math.max(announced, frame.last());
        if (frame.last() <= received) {
            return;
        }
        if (frame.seq() <= received + 1 && pendingBytes < MAX_PENDING_BYTES) {
            keep(frame);
        } else {
            hasGap = true;
        }
    }

    /** The partition is known to have messages up to this one. */
    void announced(long seq) {
        announced = Math.max(announced, seq);
    }

    /** Anything may have been published meanwhile: look once. */
    void mayHaveMissed() {
        announced = Math.max(announced, received + 1);
    }

    private void keep(Frame frame) {
        pending.add(frame);
        pendingBytes += frame.bytes().length;
        received = frame.last();
    }

    /**
     * Whether messages exist that have not arrived: when nothing else is left to do first, or when those will not arrive. The
     * latter before all has been done: else one that is behind would never come to where the next frame to arrive follows.
     */
    boolean needsFill() {
        return announced > received && (!hasNext() || (hasGap && pendingBytes < MAX_PENDING_BYTES - FILL_BYTES));
    }

    void fill(Journal journal) {
        if (!hasMoreOfCurrent()) {
            // its last message was taken without anybody having asked for the next one
            current = null;
        }
        List<Frame> frames = journal.read(channel(), partition, received + 1, fillFrames);
        boolean mayHaveMore = frames.size() == fillFrames;
        hasGap &= mayHaveMore;
        if (frames.isEmpty()) {
            announced = received;
            return;
        }
        long bytes = 0;
        for (Frame frame : frames) {
            bytes += frame.bytes().length;
            if (frame.seq() > received + 1) {
                if (hasNext()) {
                    // first comes what there is before the hole
                    hasGap = false;
                    announced = Math.max(announced, frame.last());
                    return;
                }
                LOG.atError()
                        .addKeyValue("channel", channelName)
                        .addKeyValue("from", received + 1)
                        .addKeyValue("to", frame.seq() - 1)
                        .log("messages are missing from the journal");
                missing += frame.seq() - 1 - received;
                skipTo(frame.seq());
            }
            if (frame.last() > received) {
                keep(frame);
            }
        }
        announced = Math.max(announced, mayHaveMore ? received + 1 : received);
        // frames differ in size a thousandfold: take as many next time as are about FILL_BYTES
        fillFrames = Math.clamp(FILL_BYTES * frames.size() / bytes, MIN_FILL_FRAMES, MAX_FILL_FRAMES);
    }

    private void skipTo(long seq) {
        received = seq - 1;
        taken = seq - 1;
        current = null;
    }

    /** How many messages before the next one are nowhere to be found; asked for once, before the next one is taken. */
    long takeMissing() {
        long count = missing;
        missing = 0;
        return count;
    }

    /** Moves to the next message; false where there is none. */
    boolean next() {
        while (true) {
            if (current == null) {
                Frame head = pending.peek();
                if (head == null || head.last() > limit) {
                    return false;
                }
                current = pending.remove();
                pendingBytes -= current.bytes().length;
                enter(current);
            } else {
                at = end + 1;
            }
            if (at < current.bytes().length) {
                end = current.endOfLine(at);
                taken++;
                return true;
            }
            taken = current.last();
            current = null;
        }
    }

    /**
     * For a run in lockstep: gives the messages up to this number and no others, those of different producers in the order
     * of their ids instead of that in which they happened to be published.
     */
    void limit(long seq, Journal journal) {
        announced(seq);
        while (received < seq) {
            long before = received;
            fill(journal);
            if (received == before) {
                throw new IllegalStateException(channelName + " ends at " + received + ", expected " + seq);
            }
        }
        limit = seq;
        List<Frame> due = new ArrayList<>();
        while (!pending.isEmpty() && pending.peek().last() <= seq) {
            due.add(pending.remove());
        }
        due.sort(Comparator.comparing(InputCursor::firstId, InputCursor::compareIds));
        long next = taken + 1;
        List<Frame> numbered = new ArrayList<>();
        for (Frame frame : due) {
            numbered.add(new Frame(next, frame.count(), frame.bytes(), frame.body()));
            next += frame.count();
        }
        numbered.reversed().forEach(pending::addFirst);
    }

    /** By producer, then in the order in which it sent them. */
    private static int compareIds(String one, String other) {
        int dash = one.lastIndexOf('-');
        int otherDash = other.lastIndexOf('-');
        int producers = one.substring(0, dash).compareTo(other.substring(0, otherDash));
        return producers != 0
                ? producers
                : Long.compare(Long.parseLong(one.substring(dash + 1)), Long.parseLong(other.substring(otherDash + 1)));
    }

    private static String firstId(Frame frame) {
        String line = frame.line(0);
        int from = line.indexOf(ID) + ID.length();
        return line.substring(from, line.indexOf('"', from));
    }

    /** Steps over those messages of a frame that have been taken already. */
    private void enter(Frame frame) {
        at = frame.body();
        for (long seq = frame.seq(); seq <= taken; seq++) {
            at = frame.endOfLine(at) + 1;
        }
        end = at - 1;
    }

    /** The event time by which all that waits here has happened, in microseconds; empty where nothing waits. */
    OptionalLong newest() {
        return waitingFrames().mapToLong(InputCursor::lastTs).max();
    }

    /**
     * The event time by which as many of the messages that wait here have happened as make up a batch, in microseconds;
     * empty where fewer wait.
     */
    OptionalLong reach(int batch) {
        long reach = Long.MIN_VALUE;
        long seen = 0;
        for (Frame frame : (Iterable<Frame>) waitingFrames()::iterator) {
            seen += frame.last() - Math.max(taken, frame.seq() - 1);
            if (seen > batch && reach != Long.MIN_VALUE) {
                return OptionalLong.of(reach);
            }
            reach = Math.max(reach, lastTs(frame));
        }
        return seen > batch ? OptionalLong.of(reach) : OptionalLong.empty();
    }

    /**
     * Whether there is a next message, and has happened by this event time, in microseconds. So has all of a frame whose last
     * message has: whatever times it shows, it waits for no other.
     */
    boolean hasNextBy(long ts) {
        if (hasMoreOfCurrent()) {
            Frame frame = Objects.requireNonNull(current);
            return MessageCodec.peekTs(frame.bytes(), end + 1) <= ts || lastTs(frame) <= ts;
        }
        Frame head = pending.peek();
        return head != null && (MessageCodec.peekTs(head.bytes(), head.body()) <= ts || lastTs(head) <= ts);
    }

    private Stream<Frame> waitingFrames() {
        return hasMoreOfCurrent()
                ? Stream.concat(Stream.of(Objects.requireNonNull(current)), pending.stream())
                : pending.stream();
    }

    private static long lastTs(Frame frame) {
        return MessageCodec.peekTs(frame.bytes(), frame.lastLine());
    }

    /** Messages that have arrived and not been taken. */
    long waiting() {
        return received - taken;
    }

    boolean hasNext() {
        return hasMoreOfCurrent() || !pending.isEmpty();
    }

    private boolean hasMoreOfCurrent() {
        return current != null && end + 1 < current.bytes().length;
    }

    /** The frame's bytes; the message is from {@link #start} to {@link #end}. */
    byte[] bytes() {
        return Objects.requireNonNull(current).bytes();
    }

    int start() {
        return at;
    }

    int length() {
        return end - at;
    }

    /** Number of the message that {@link #next} moved to. */
    long seq() {
        return taken;
    }

    long committed() {
        return committed;
    }

    void commit() {
        committed = taken;
    }

    /** Forgets what has been taken since the last commit. */
    void rollBack() {
        pending.clear();
        pendingBytes = 0;
        current = null;
        taken = committed;
        received = committed;
        missing = 0;
        hasGap = false;
    }
}
