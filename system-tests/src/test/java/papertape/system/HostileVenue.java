package papertape.system;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.TextFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** A WebSocket server on a free loopback port that says anything to the feed that subscribed last. */
final class HostileVenue extends WebSocketServer {
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable WebSocket subscriber;
    private volatile String subscription = "";

    HostileVenue() throws InterruptedException {
        super(new InetSocketAddress("127.0.0.1", 0), 1);
        setReuseAddr(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
        start();
        if (!started.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the venue does not start");
        }
    }

    String url() {
        return "ws://127.0.0.1:" + getPort();
    }

    /** Whether another connection than this one has asked for its products. */
    boolean isAnother(@Nullable WebSocket than) {
        WebSocket now = subscriber;
        return now != null && !now.equals(than) && now.isOpen();
    }

    boolean hasSubscriberFor(List<String> products) {
        return isAnother(null) && products.stream().allMatch(subscription::contains);
    }

    WebSocket subscriber() {
        WebSocket now = subscriber;
        if (now == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        return now;
    }

    /** As a text, whatever the bytes are: the protocol wants UTF-8, and whoever receives anything else must hang up. */
    void sayAsText(byte[] bytes) {
        TextFrame frame = new TextFrame();
        frame.setPayload(ByteBuffer.wrap(bytes));
        subscriber().sendFrame(frame);
    }

    @Override
    public void onMessage(WebSocket client, String text) {
        if (text.startsWith("{\"type\":\"subscribe\"")) {
            subscription = client.equals(subscriber) ? subscription + text : text;
            subscriber = client;
        }
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onOpen(WebSocket client, ClientHandshake handshake) {
        // it says what it wants
    }

    @Override
    public void onClose(WebSocket client, int code, String reason, boolean isRemote) {
        // the feed comes again
    }

    @Override
    public void onError(WebSocket client, Exception e) {
        // the feed comes again
    }
}
