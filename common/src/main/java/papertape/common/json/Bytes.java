package papertape.common.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A byte buffer that grows and gives out its array, so that text need not be copied to be looked at. */
public final class Bytes extends ByteArrayOutputStream {
    public Bytes(int size) {
        super(size);
    }

    /** The array behind; valid up to {@link #size()} and until the next write. */
    public byte[] array() {
        return buf;
    }

    /** Forgets everything behind {@code size}. */
    public void truncate(int size) {
        count = Math.min(count, size);
    }

    public String text() {
        return new String(buf, 0, count, StandardCharsets.UTF_8);
    }
}
