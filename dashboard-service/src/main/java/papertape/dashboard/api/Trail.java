package papertape.dashboard.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.CodecException;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Message;
import papertape.common.value.MessageId;

/**
 * Finds a message by its id, and what led to it, back to the venue's raw message. A message's id is {@code
 * stage.partition-n} with n rising in each journal that the task writes, so a journal that one task writes is searched by
 * halves; one that several write is read from its end.
 */
final class Trail {
    private static final int CHUNK = 256;
    private static final int MAX_STEPS = 12;
    /** Frames that are read backwards before a message counts as gone. */
    private static final long MAX_BACK = 60_000;

    /** @param channel where it was found; empty where it was not @param text the message; empty where it is gone */
    record Step(String id, String channel, int partition, long seq, String text) {}

    private final Bus bus;
    private final MessageCodec codec = new MessageCodec();
    private final Map<String, Long> sequences;
    private final int partitions;

    Trail(Bus bus, int partitions) {
        this.bus = bus;
        this.sequences = bus.sequences();
        this.partitions = partitions;
    }

    /** The message and its causes, the latest first, to the venue's message or the first one no longer stored. */
    List<Step> back(MessageId id) {
        List<Step> steps = new ArrayList<>();
        MessageId next = id;
        while (next != null && steps.size() < MAX_STEPS) {
            Step step = find(next);
            steps.add(step);
            next = step.text().isEmpty() ? null : cause(step.text());
        }
        return steps;
    }

    private @Nullable MessageId cause(String text) {
        try {
            Message message = codec.decode(text);
            return message.header().cause();
        } catch (CodecException e) {
            return null;
        }
    }

    private Step find(MessageId id) {
        int dot = id.value().lastIndexOf('.');
        int dash = id.value().lastIndexOf('-');
        String stage = dot > 0 && dash > dot ? id.value().substring(0, dot) : "";
        return switch (stage) {
            case "feed", "feed-b", "etl" -> {
                Channel channel = stage.equals("etl") ? Channel.TICKS : Channel.RAW;
                int partition = Integer.parseInt(id.value().substring(dot + 1, dash));
                long n = Long.parseLong(id.value().substring(dash + 1));
                yield orGone(id, byHalves(id, channel, partition, stage + "." + partition + "-", n));
            }
            case "signal" -> orGone(id, fromTheEnd(id, Channel.SIGNALS));
            case "order" -> orGone(id, fromTheEnd(id, Channel.ORDERS));
            case "risk" ->
                orGone(id, first(fromTheEnd(id, Channel.APPROVED), id, Channel.EXECUTIONS, Channel.ACCOUNTS));
            case "execution" -> orGone(id, fromTheEnd(id, Channel.EXECUTIONS));
            // a script's or a person's own name, from a front door
            default -> orGone(id, first(fromTheEnd(id, Channel.ORDERS), id, Channel.SIGNALS, Channel.ACCOUNTS));
        };
    }

    private static Step orGone(MessageId id, @Nullable Step found) {
        return found == null ? new Step(id.value(), "", -1, 0, "") : found;
    }

    private @Nullable Step first(@Nullable Step found, MessageId id, Channel... others) {
        Step step = found;
        for (Channel channel : others) {
            step = step == null ? fromTheEnd(id, channel) : step;
        }
        return step;
    }

    private long last(Channel channel, int partition) {
        return sequences.getOrDefault(channel.text() + "." + partition, 0L);
    }

    /** The numbers of a task's ids rise along a journal, though not one by one: it writes to others too. */
    private @Nullable Step byHalves(MessageId id, Channel channel, int partition, String prefix, long n) {
        long low = 1;
        long high = last(channel, partition);
        while (low < high) {
            long middle = low + (high - low) / 2;
            Frame frame = frame(channel, partition, middle);
            if (frame == null) {
                return null;
            }
            if (frame.seq() > middle) {
                low = Math.max(low, Math.min(frame.seq(), high));
                if (low == high) {
                    break;
                }
                middle = low;
            }
            long found = number(frame, middle, prefix);
            if (found < n) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // two lines of a redundant feed write the same journal, so the number alone is near, not exact
        for (long seq = Math.max(1, low - CHUNK); seq <= low + CHUNK; ) {
            Frame frame = frame(channel, partition, seq);
            if (frame == null) {
                return null;
            }
            Step step = in(frame, id, channel, partition);
            if (step != null) {
                return step;
            }
            seq = frame.last() + 1;
        }
        return null;
    }

    private @Nullable Frame frame(Channel channel, int partition, long seq) {
        List<Frame> frames = bus.journal().read(channel, partition, seq, 1);
        return frames.isEmpty() ? null : frames.getFirst();
    }

    /** The n of the first message from {@code seq} on in the frame that this task made; of none: of the frame's end. */
    private static long number(Frame frame, long seq, String prefix) {
        String wanted = "\"id\":\"" + prefix;
        for (int i = (int) Math.max(0, seq - frame.seq()); i < frame.count(); i++) {
            String line = frame.line(i);
            int at = line.indexOf(wanted);
            if (at >= 0) {
                int from = at + wanted.length();
                return Long.parseLong(line.substring(from, line.indexOf('"', from)));
            }
        }
        return -1;
    }

    private @Nullable Step fromTheEnd(MessageId id, Channel channel) {
        for (int partition = 0; partition < partitions; partition++) {
            long last = last(channel, partition);
            for (long to = last; to > Math.max(0, last - MAX_BACK); to -= CHUNK) {
                for (Frame frame : bus.journal().read(channel, partition, Math.max(1, to - CHUNK + 1), CHUNK)) {
                    Step step = in(frame, id, channel, partition);
                    if (step != null) {
                        return step;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable Step in(Frame frame, MessageId id, Channel channel, int partition) {
        byte[] wanted = ("\"id\":\"" + id + "\"").getBytes(StandardCharsets.UTF_8);
        int from = frame.body();
        for (int i = 0; i < frame.count(); i++) {
            int end = frame.endOfLine(from);
            if (contains(frame.bytes(), from, end, wanted)) {
                String line = new String(frame.bytes(), from, end - from, StandardCharsets.UTF_8);
                return new Step(id.value(), channel.text(), partition, frame.seq() + i, line);
            }
            from = end + 1;
        }
        return null;
    }

    private static boolean contains(byte[] text, int from, int to, byte[] part) {
        for (int at = from; at <= to - part.length; at++) {
            if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
