package papertape.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** A WebSocket server that hands what happens to a {@link Listener}. */
public final class VenueSocket extends WebSocketServer {
    private static final long START_TIMEOUT_S = 10;

    private final Listener listener;
    private final CompletableFuture<Integer> started = new CompletableFuture<>();

    /** What happens on the connections; called on the socket's own threads, never two calls for one connection at once. */
    public interface Listener {
        void received(WebSocket connection, String text);

        void closed(WebSocket connection);
    }

    private VenueSocket(InetAddress address, int port, Listener listener) {
        super(new InetSocketAddress(address, port), 1);
        this.listener = listener;
        setDaemon(true);
        setReuseAddr(true);
        setTcpNoDelay(true);
        // A ping would be a message of our own, and loopback connections do not die silently
        setConnectionLostTimeout(0);
    }

    /**
     * Opens the server and waits until it accepts connections.
     *
     * @param port 0: any free one, see {@link #getPort}
     * @throws IOException when the port is taken
     */
    public static VenueSocket open(int port, Listener listener) throws IOException {
        InetAddress address = ListenAddress.fromEnvironment();
        refuseTaken(address, port);
        VenueSocket socket = new VenueSocket(address, port, listener);
        socket.start();
        try {
            socket.started.get(START_TIMEOUT_S, TimeUnit.SECONDS);
            return socket;
        } catch (ExecutionException e) {
            throw new IOException("port " + port + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("port " + port + ": no server within " + START_TIMEOUT_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Before the server finds out, which would log a stack trace for what is an everyday matter. */
    private static void refuseTaken(InetAddress address, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new IOException("port " + port + ": " + e.getMessage(), e);
        }
    }

    /** How many buffers wait to be written to a connection; what bounds a sender's memory. */
    public static int backlog(WebSocket connection) {
        return ((WebSocketImpl) connection).outQueue.size();
    }

    /**
     * Queues finished server frames as they are: many messages in one buffer cost one write, where {@code send} costs one
     * a message.
     */
    public void sendFrames(WebSocket connection, ByteBuffer frames) {
        ((WebSocketImpl) connection).outQueue.add(frames);
        onWriteDemand(connection);
    }

    /** Closes all connections and frees the port. */
    public void shutDown() {
        try {
            stop(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onStart() {
        started.complete(getPort());
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        // Nothing is owed to a client before it subscribes
    }

    @Override
    public void onMessage(WebSocket connection, String text) {
        listener.received(connection, text);
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
        listener.closed(connection);
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception problem) {
        // A connection's error is followed by its close; without a connection it is the server's own
        if (connection == null) {
            started.completeExceptionally(problem);
        }
    }
}
