package papertape.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A network that fails on demand: passes bytes between local clients and a local server, and cuts, holds up or loses them.
 * Any thread.
 */
public final class Proxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    /** Which way bytes go. */
    public enum Direction {
        REQUESTS,
        REPLIES
    }

    private final ServerSocket server;
    private final int target;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    /** A client's connection and the one to the server that goes with it. */
    private static final class Link {
        private final Socket client;
        private final Socket upstream;
        private final long[] heldUntil = new long[2];
        private final boolean[] isLosing = new boolean[2];

        Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        synchronized void hold(Direction direction, long untilNanos) {
            heldUntil[direction.ordinal()] = untilNanos;
            notifyAll();
        }

        synchronized void lose(Direction direction) {
            isLosing[direction.ordinal()] = true;
        }

        synchronized boolean isLosing(Direction direction) {
            return isLosing[direction.ordinal()];
        }

        synchronized void awaitRelease(Direction direction) throws InterruptedException {
            long left = heldUntil[direction.ordinal()] - System.nanoTime();
            while (heldUntil[direction.ordinal()] != 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = heldUntil[direction.ordinal()] - System.nanoTime();
            }
        }

        void cut() {
            for (Socket socket : List.of(client, upstream)) {
                try {
                    // a reset, as when a machine dies: what is under way is gone
                    socket.setSoLinger(true, 0);
                    socket.close();
                } catch (IOException e) {
                    // it is as closed as it can be
                    continue;
                }
            }
        }
    }

    private Proxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Opens on a free port of the loopback address. */
    public static Proxy open(int target) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        Proxy proxy = new Proxy(server, target);
        Thread.ofVirtual().name("proxy").start(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                // closed, or a client that was gone before it was accepted
                continue;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Link link = new Link(client, upstream);
            links.add(link);
            Thread.ofVirtual().start(() -> pump(link, client, upstream, Direction.REQUESTS));
            pump(link, upstream, client, Direction.REPLIES);
        } catch (IOException e) {
            new Link(client, client).cut();
        }
    }

    private void pump(Link link, Socket from, Socket to, Direction direction) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            int count = in.read(buffer);
            while (count >= 0) {
                link.awaitRelease(direction);
                if (link.isLosing(direction)) {
                    break;
                }
                out.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException e) {
            // either side is gone, which the other learns by the cut
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            links.remove(link);
            link.cut();
        }
    }

    private List<Link> some(Random random, int percent) {
        List<Link> chosen = new ArrayList<>();
        List<Link> all = List.copyOf(links);
        for (Link link : all) {
            if (random.nextInt(100) < percent) {
                chosen.add(link);
            }
        }
        if (chosen.isEmpty() && !all.isEmpty()) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        return chosen;
    }

    /** Cuts some connections at once; returns how many. */
    public int cut(Random random, int percent) {
        List<Link> chosen = some(random, percent);
        chosen.forEach(Link::cut);
        return chosen.size();
    }

    /** The next bytes of some connections never arrive, and the connections end with them; returns how many. */
    public int lose(Random random, int percent, Direction direction) {
        List<Link> chosen = some(random, percent);
        chosen.forEach(link -> link.lose(direction));
        return chosen.size();
    }

    /** Holds up one direction of some connections for a time; returns how many. */
    public int hold(Random random, int percent, Direction direction, long ms) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        List<Link> chosen = some(random, percent);
        chosen.forEach(link -> link.hold(direction, until));
        return chosen.size();
    }

    /** Lets everything through again. */
    public void calm() {
        for (Link link : links) {
            link.hold(Direction.REQUESTS, 0);
            link.hold(Direction.REPLIES, 0);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        links.forEach(Link::cut);
    }
}
