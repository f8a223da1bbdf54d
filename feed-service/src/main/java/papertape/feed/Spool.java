package papertape.feed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import papertape.common.runtime.Source.Received;
import papertape.common.value.Instrument;

/**
 * A first-in first-out queue on the disk: binary records in one file that exists only while it holds something. It belongs
 * to the life of this process: what a crash leaves of it is not read again. Used under the inbox's lock.
 */
final class Spool {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final long maxBytes;
    private @Nullable DataOutputStream out;
    private @Nullable DataInputStream in;
    private long bytes;
    private long written;
    private long flushed;
    private long read;

    Spool(Path folder, long maxBytes) {
        this.file = folder.resolve("feed-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".spool");
        this.maxBytes = maxBytes;
    }

    boolean isEmpty() {
        return read == written;
    }

    long size() {
        return written - read;
    }

    /** @return false where the spool is full */
    boolean append(Received message) throws IOException {
        byte[] payload = message.payload().getBytes(StandardCharsets.UTF_8);
        if (bytes + payload.length > maxBytes) {
            return false;
        }
        DataOutputStream to = out == null ? open() : out;
        Instrument instrument = message.instrument();
        to.writeLong(message.received());
        to.writeUTF(message.venue());
        to.writeUTF(instrument == null ? "" : instrument.name());
        to.writeUTF(message.channel());
        to.writeUTF(message.position() == null ? "" : message.position());
        to.writeInt(payload.length);
        to.write(payload);
        bytes += payload.length + 64;
        written++;
        return true;
    }

    private DataOutputStream open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        DataOutputStream opened = new DataOutputStream(new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING), BUFFER));
        out = opened;
        return opened;
    }

    /** The oldest message; null where there is none. */
    @Nullable Received take() throws IOException {
        if (isEmpty()) {
            return null;
        }
        if (read == flushed && out != null) {
            out.flush();
            flushed = written;
        }
        DataInputStream from = in;
        if (from == null) {
            from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            in = from;
        }
        Received message = read(from);
        read++;
        if (isEmpty()) {
            clear();
        }
        return message;
    }

    private static Received read(DataInputStream from) throws IOException {
        long received = from.readLong();
        String venue = from.readUTF();
        String instrument = from.readUTF();
        String channel = from.readUTF();
        String position = from.readUTF();
        byte[] payload = new byte[from.readInt()];
        from.readFully(payload);
        return new Received(
                venue,
                instrument.isEmpty() ? null : Instrument.of(instrument),
                channel,
                received,
                new String(payload, StandardCharsets.UTF_8),
                position.isEmpty() ? null : position);
    }

    /** Gives up what is left, and the file. */
    void clear() throws IOException {
        DataInputStream reading = in;
        DataOutputStream writing = out;
        in = null;
        out = null;
        bytes = 0;
        written = 0;
        flushed = 0;
        read = 0;
        try {
            if (reading != null) {
                reading.close();
            }
            if (writing != null) {
                writing.close();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
