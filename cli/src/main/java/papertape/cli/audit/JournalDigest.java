package papertape.cli.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;
import papertape.common.message.Header;

/**
 * Digests of what the journals hold, message by message as text. Consequences of one event that several producers sent to
 * one partition may have been published in any order: they are taken in the order of their ids.
 */
public final class JournalDigest {
    private static final int CHUNK = 512;

    /** A message's text, and what its order hangs on. */
    private record Line(Header header, String text) {
        String producer() {
            String id = header.id().value();
            return id.substring(0, id.lastIndexOf('-'));
        }

        long number() {
            String id = header.id().value();
            return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
        }
    }

    private static final Comparator<Line> BY_ID =
            Comparator.comparing(Line::producer).thenComparingLong(Line::number);

    private final Bus bus;
    private final MessageCodec codec = new MessageCodec();
    private final MessageDigest digest = sha256();

    private JournalDigest(Bus bus) {
        this.bus = bus;
    }

    /** By {@code channel.partition}, of every partition that has messages. */
    public static SortedMap<String, String> of(Bus bus, int partitions) {
        JournalDigest journals = new JournalDigest(bus);
        SortedMap<String, String> digests = new TreeMap<>();
        Map<String, Long> sequences = bus.sequences();
        for (Channel channel : Channel.values()) {
            for (int p = 0; p < partitions; p++) {
                String name = channel.text() + "." + p;
                long last = sequences.getOrDefault(name, 0L);
                if (last > 0) {
                    digests.put(name, last + " " + journals.digest(channel, p, last));
                }
            }
        }
        return digests;
    }

    private String digest(Channel channel, int partition, long last) {
        List<Line> event = new ArrayList<>();
        long next = 1;
        while (next <= last) {
            List<Frame> frames = bus.journal().read(channel, partition, next, CHUNK);
            if (frames.isEmpty()) {
                break;
            }
            for (Frame frame : frames) {
                for (int i = 0; i < frame.count(); i++) {
                    add(event, frame.line(i));
                }
                next = frame.last() + 1;
            }
        }
        end(event);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void add(List<Line> event, String text) {
        Line line = new Line(codec.decode(text).header(), text);
        if (!event.isEmpty() && event.getFirst().header.origin() != line.header.origin()) {
            end(event);
        }
        event.add(line);
    }

    private void end(List<Line> event) {
        event.sort(BY_ID);
        for (Line line : event) {
            digest.update(line.text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        event.clear();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
