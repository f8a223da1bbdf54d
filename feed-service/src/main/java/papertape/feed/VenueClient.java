package papertape.feed;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ServerHandshake;
import papertape.common.text.Cause;
import papertape.common.text.Printable;

/** One WebSocket connection, from its opening to its end; moves text and knows no protocol. */
final class VenueClient extends WebSocketClient {
    /** Called by the connection's reading thread; while it does not return, nothing more is read. */
    interface Listener {
        void text(VenueClient from, String text);

        /** The other side has pinged, or answered a ping. */
        void alive(VenueClient from);

        void ended(VenueClient from, String reason);
    }

    /** What the library says of another status than 101. */
    private static final Pattern REFUSED = Pattern.compile("Invalid status code received: ([0-9]{3})");

    /** Longest message in bytes: beyond it the connection ends before memory is taken for it. */
    static final int MAX_MESSAGE = 16 << 20;

    /** The inbox's number of this connection. */
    final long generation;

    private final Listener listener;

    VenueClient(URI uri, long generation, Listener listener) {
        super(uri, new Draft_6455(List.of(), MAX_MESSAGE));
        this.generation = generation;
        this.listener = listener;
        setTcpNoDelay(true);
        // The library's own check would take a connection that we slow down for a dead one; the feed watches silence
        // itself.
        setConnectionLostTimeout(0);
    }

    boolean open(long timeoutMs) throws InterruptedException {
        return connectBlocking(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Ends the connection without waiting for the other side. */
    void abandon(String reason) {
        closeConnection(CloseFrame.GOING_AWAY, reason);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        // Who opened it is waiting for it and goes on from there.
    }

    @Override
    public void onMessage(String text) {
        listener.text(this, text);
    }

    /** No venue here sends binary messages: whoever reads the text will refuse it, with a reason and in sight. */
    @Override
    public void onMessage(ByteBuffer bytes) {
        listener.text(this, StandardCharsets.UTF_8.decode(bytes).toString());
    }

    @Override
    public void onWebsocketPing(WebSocket connection, Framedata frame) {
        super.onWebsocketPing(connection, frame);
        listener.alive(this);
    }

    @Override
    public void onWebsocketPong(WebSocket connection, Framedata frame) {
        listener.alive(this);
    }

    @Override
    public void onClose(int code, String reason, boolean isRemote) {
        Matcher refused = REFUSED.matcher(reason);
        listener.ended(
                this,
                refused.find()
                        ? "the venue answered the handshake with HTTP " + RestStatus.explained(refused.group(1))
                        : "closed" + (isRemote ? " by the venue" : "") + ", code " + code + " "
                                + Printable.line(reason));
    }

    @Override
    public void onError(Exception e) {
        listener.ended(this, "error: " + Cause.of(e));
    }
}
