package papertape.feed;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** A WebSocket server on a free loopback port that says what the test tells it to. */
final class LocalVenue extends WebSocketServer {
    private final CountDownLatch started = new CountDownLatch(1);
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> statusRequests = new LinkedBlockingQueue<>();
    private final List<WebSocket> clients = new CopyOnWriteArrayList<>();

    private volatile boolean isDeaf;

    LocalVenue() throws InterruptedException {
        super(new InetSocketAddress("127.0.0.1", 0), 1);
        setReuseAddr(true);
        setTcpNoDelay(true);
        start();
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the local venue does not start");
        }
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + getPort() + "/stream");
    }

    /** The next request of any client, apart from those for the status channel; fails after ten seconds without one. */
    String request() throws InterruptedException {
        return next(requests);
    }

    /** The next request of any client for the status channel; fails after ten seconds without one. */
    String statusRequest() throws InterruptedException {
        return next(statusRequests);
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        String request = queue.poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request within ten seconds");
        }
        return request;
    }

    /** Answers no more pings. */
    void turnDeaf() {
        isDeaf = true;
    }

    @Override
    public void onWebsocketPing(WebSocket client, Framedata ping) {
        if (!isDeaf) {
            super.onWebsocketPing(client, ping);
        }
    }

    boolean hasRequests() {
        return !requests.isEmpty();
    }

    /** Sends to the latest client. */
    void say(String text) {
        clients.getLast().send(text);
    }

    /** Messages that wait in this server for the latest client. */
    int waiting() {
        return ((WebSocketImpl) clients.getLast()).outQueue.size();
    }

    void dropClient() {
        clients.getLast().closeConnection(1006, "dropped");
    }

    @Override
    public void onOpen(WebSocket client, ClientHandshake handshake) {
        clients.add(client);
    }

    @Override
    public void onMessage(WebSocket client, String text) {
        (text.contains("\"status\"") ? statusRequests : requests).add(text);
    }

    @Override
    public void onClose(WebSocket client, int code, String reason, boolean isRemote) {
        clients.remove(client);
    }

    @Override
    public void onError(WebSocket client, Exception e) {
        clients.remove(client);
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    void shutDown() throws InterruptedException {
        stop(1_000);
    }
}
