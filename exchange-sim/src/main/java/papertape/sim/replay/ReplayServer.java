package papertape.sim.replay;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;
import papertape.sim.SubscribeRequest;
import papertape.sim.VenueSocket;

/**
 * Plays a recording to whoever subscribes, as the venue would: the recorded text and nothing else. It begins once every
 * recorded product has a subscriber. A product whose connection drops waits until it is subscribed again and goes on at
 * the position which that subscription names; the others play on. After the end it keeps serving positions asked for
 * again, until closed.
 */
public final class ReplayServer implements AutoCloseable {
    /** Messages queued for one connection before the replay waits for it: what bounds memory at full speed. */
    private static final int MAX_BACKLOG = 1024;

    private static final long BACKLOG_WAIT_NANOS = 1_000_000;

    private final Recording recording;
    private final double speed;
    private final Object lock = new Object();
    // Guarded by lock
    private final Playback<WebSocket> playback;
    private boolean stopped;
    private long startNanos;
    private boolean playing;

    private final VenueSocket socket;
    private final Thread player;

    /**
     * Opens the server.
     *
     * @param port 0: any free one
     * @param speed multiple of the recorded pace; {@link Double#POSITIVE_INFINITY}: as fast as the clients read
     * @throws IOException when the port is taken
     */
    public ReplayServer(Recording recording, int port, double speed) throws IOException {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed " + speed + " (accepted: more than 0)");
        }
        this.recording = recording;
        this.speed = speed;
        this.playback = new Playback<>(recording);
        this.player = new Thread(this::play, "replay");
        this.socket = VenueSocket.open(port, new Clients());
        player.setDaemon(true);
        player.start();
    }

    public int port() {
        return socket.getPort();
    }

    /** Messages sent and not asked for again. */
    public int position() {
        synchronized (lock) {
            return playback.position();
        }
    }

    public int total() {
        return recording.size();
    }

    /** Whether all is sent; a later subscription may take that back. */
    public boolean done() {
        return position() == total();
    }

    @Override
    public void close() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
        socket.shutDown();
    }

    private void play() {
        try {
            synchronized (lock) {
                while (!stopped) {
                    step();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends one line or waits for what it lacks; waiting gives up the lock, so that clients can subscribe meanwhile. */
    private void step() throws InterruptedException {
        Playback.Delivery<WebSocket> delivery = playback.peek();
        if (delivery == null) {
            lock.wait();
            return;
        }
        long wait = nanosUntilDue(delivery.line());
        if (wait <= 0 && VenueSocket.backlog(delivery.owner()) >= MAX_BACKLOG) {
            wait = BACKLOG_WAIT_NANOS;
        }
        if (wait > 0) {
            TimeUnit.NANOSECONDS.timedWait(lock, wait);
            return;
        }
        send(delivery);
    }

    private void send(Playback.Delivery<WebSocket> delivery) {
        try {
            delivery.owner().send(delivery.line().text());
            playback.advance();
        } catch (WebsocketNotConnectedException e) {
            playback.release(delivery.owner());
        }
    }

    private long nanosUntilDue(Recording.Line line) {
        long now = System.nanoTime();
        if (!playing) {
            playing = true;
            startNanos = now;
        }
        long sinceFirst = line.micros() - recording.line(0).micros();
        return (long) (sinceFirst * 1000.0 / speed) - (now - startNanos);
    }

    /** Applies what clients ask for, on the socket's threads. */
    private final class Clients implements VenueSocket.Listener {
        @Override
        public void received(WebSocket connection, String text) {
            String problem = apply(connection, text);
            if (problem != null) {
                connection.close(CloseFrame.POLICY_VALIDATION, problem);
            }
        }

        private @Nullable String apply(WebSocket connection, String text) {
            try {
                SubscribeRequest request = SubscribeRequest.parse(text);
                synchronized (lock) {
                    if (request.subscribe()) {
                        playback.subscribe(connection, request.products(), request.resume());
                    } else {
                        playback.unsubscribe(connection, request.products());
                    }
                    lock.notifyAll();
                }
                return null;
            } catch (IllegalArgumentException e) {
                String problem = String.valueOf(e.getMessage());
                // A close frame's reason holds 123 bytes
                return problem.length() <= 100 ? problem : problem.substring(0, 100);
            }
        }

        @Override
        public void closed(WebSocket connection) {
            synchronized (lock) {
                playback.release(connection);
                lock.notifyAll();
            }
        }
    }
}
