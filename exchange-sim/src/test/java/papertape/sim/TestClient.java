package papertape.sim;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/** A client on a real socket that keeps what it receives. */
public final class TestClient extends WebSocketClient {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<String> received = new ArrayList<>();
    private volatile boolean closed;
    private volatile String closeReason = "";

    private TestClient(int port) {
        super(URI.create("ws://127.0.0.1:" + port));
    }

    public static TestClient connect(int port) throws InterruptedException {
        TestClient client = new TestClient(port);
        if (!client.connectBlocking(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no connection to port " + port);
        }
        return client;
    }

    public List<String> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    public List<String> received(Predicate<String> which) {
        return received().stream().filter(which).toList();
    }

    public boolean hasClosed() {
        return closed;
    }

    public String closeReason() {
        return closeReason;
    }

    public void awaitCount(int count) throws InterruptedException {
        await(count + " messages", () -> size() >= count);
    }

    public void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        synchronized (received) {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("waited for " + what + ", received " + received.size());
                }
                received.wait(10);
            }
        }
    }

    private int size() {
        synchronized (received) {
            return received.size();
        }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        // The test subscribes
    }

    @Override
    public void onMessage(String message) {
        synchronized (received) {
            received.add(message);
            received.notifyAll();
        }
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        closeReason = reason;
        closed = true;
    }

    @Override
    public void onError(Exception problem) {
        closeReason = String.valueOf(problem.getMessage());
    }
}
