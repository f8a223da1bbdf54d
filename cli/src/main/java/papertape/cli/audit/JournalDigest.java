package papertape.cli.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import papertape.common.bus.Bus;
import papertape.common.bus.Frame;
import papertape.common.json.MessageCodec;
import papertape.common.message.Channel;

/**
 * Digests of what the journals hold, message by message as text. Each producer's messages stand in their own order; between
 * producers chance decides, so that each is digested by itself and the digests in the order of the producers' names.
 */
public final class JournalDigest {
    private static final int CHUNK = 512;

    private final Bus bus;
    private final MessageCodec codec = new MessageCodec();

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
        SortedMap<String, MessageDigest> byProducer = new TreeMap<>();
        long next = 1;
        while (next <= last) {
            List<Frame> frames = bus.journal().read(channel, partition, next, CHUNK);
            if (frames.isEmpty()) {
                break;
            }
            for (Frame frame : frames) {
                for (int i = 0; i < frame.count(); i++) {
                    add(byProducer, frame.line(i));
                }
                next = frame.last() + 1;
            }
        }
        MessageDigest all = sha256();
        byProducer.values().forEach(one -> all.update(one.digest()));
        return HexFormat.of().formatHex(all.digest());
    }

    private void add(SortedMap<String, MessageDigest> byProducer, String text) {
        String id = codec.decode(text).header().id().value();
        MessageDigest digest = byProducer.computeIfAbsent(id.substring(0, id.lastIndexOf('-')), any -> sha256());
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
