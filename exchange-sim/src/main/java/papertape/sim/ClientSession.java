package papertape.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;

/**
 * One connection: what it subscribed to, what was sent to it, and the frames not yet handed to the socket. Frames are
 * gathered so that many messages cost one write. Used by the venue's thread only.
 */
final class ClientSession {
    /** What one write carries at most; a longer message goes alone. */
    private static final int BATCH_BYTES = 32 * 1024;

    /** Writes that may wait for the client: with the size of one the bound of its memory, 4 MB. */
    private static final int MAX_BACKLOG = 128;

    private static final int LONGEST_HEADER = 10;

    final int number;
    /** By channel and instrument. */
    final boolean[][] subscribed;
    /** Trades sent, by instrument, each once. */
    final long[] trades;

    private final WebSocket connection;
    private final VenueSocket socket;
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES);
    boolean open = true;
    boolean wantsStatus;
    long messages;

    ClientSession(int number, WebSocket connection, VenueSocket socket, int instruments) {
        this.number = number;
        this.connection = connection;
        this.socket = socket;
        this.subscribed = new boolean[SimChannel.values().length][instruments];
        this.trades = new long[instruments];
    }

    boolean wants(SimChannel channel, int instrument) {
        return subscribed[channel.ordinal()][instrument];
    }

    boolean wantsAnything(int instrument) {
        for (boolean[] channel : subscribed) {
            if (channel[instrument]) {
                return true;
            }
        }
        return false;
    }

    /** Whether the client reads too slowly for more. */
    boolean isFull() {
        return VenueSocket.backlog(connection) >= MAX_BACKLOG;
    }

    void append(byte[] text, int length) {
        messages++;
        int framed = length + LONGEST_HEADER;
        if (framed > batch.remaining()) {
            flush();
        }
        if (framed > batch.capacity()) {
            ByteBuffer alone = ByteBuffer.allocate(framed);
            frame(alone, text, length);
            socket.sendFrames(connection, alone.flip());
        } else {
            frame(batch, text, length);
        }
    }

    void flush() {
        if (batch.position() > 0) {
            socket.sendFrames(connection, ByteBuffer.wrap(Arrays.copyOf(batch.array(), batch.position())));
            batch.clear();
        }
    }

    /** Ends the connection after everything that was appended. */
    void drop(String reason) {
        flush();
        open = false;
        connection.close(CloseFrame.GOING_AWAY, reason);
    }

    /** Ends the connection at once: what its client has not read yet is lost. */
    void abort(String reason) {
        open = false;
        connection.closeConnection(CloseFrame.TRY_AGAIN_LATER, reason);
    }

    /** A final text frame, unmasked, as servers send it (RFC 6455, 5.2). */
    private static void frame(ByteBuffer target, byte[] text, int length) {
        target.put((byte) 0x81);
        if (length < 126) {
            target.put((byte) length);
        } else if (length < 1 << 16) {
            target.put((byte) 126).putShort((short) length);
        } else {
            target.put((byte) 127).putLong(length);
        }
        target.put(text, 0, length);
    }
}
