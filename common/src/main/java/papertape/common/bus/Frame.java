package papertape.common.bus;

import java.nio.charset.StandardCharsets;

/**
 * What is published and journaled: a header line and a message a line.
 *
 * @param seq number of the first message
 * @param count of messages
 * @param bytes the whole frame
 * @param body where the first message begins in {@code bytes}
 */
public record Frame(long seq, int count, byte[] bytes, int body) {
    private static final byte[] SEQ = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COUNT = ",\"n\":".getBytes(StandardCharsets.US_ASCII);

    /** Number of the last message. */
    public long last() {
        return seq + count - 1;
    }

    /** @throws IllegalArgumentException when the bytes do not begin with a header line */
    public static Frame of(byte[] bytes) {
        int at = expect(bytes, 0, SEQ);
        long seq = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            seq = seq * 10 + (bytes[at++] - '0');
        }
        at = expect(bytes, at, COUNT);
        int count = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            count = count * 10 + (bytes[at++] - '0');
        }
        if (at + 1 >= bytes.length || bytes[at] != '}' || bytes[at + 1] != '\n' || count < 1 || seq < 1) {
            throw new IllegalArgumentException("not a frame");
        }
        return new Frame(seq, count, bytes, at + 2);
    }

    private static int expect(byte[] bytes, int at, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (at + i >= bytes.length || bytes[at + i] != expected[i]) {
                throw new IllegalArgumentException("not a frame");
            }
        }
        return at + expected.length;
    }

    /** Where the line that begins at {@code from} ends (its line feed, or the end of the frame). */
    public int endOfLine(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Where the last message begins. */
    public int lastLine() {
        int at = bytes.length - 1;
        while (at > body && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    /** Text of the i-th message, for those who need not be quick. */
    public String line(int i) {
        int from = body;
        for (int skipped = 0; skipped < i; skipped++) {
            from = endOfLine(from) + 1;
        }
        return new String(bytes, from, endOfLine(from) - from, StandardCharsets.UTF_8);
    }
}
