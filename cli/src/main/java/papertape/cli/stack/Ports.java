package papertape.cli.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds free ports on the loopback address; never gives the same one twice. A port is a server's only when the server has
 * bound it: one that finds its port taken ends and gets another, see {@link Servers}.
 */
final class Ports {
    private static final int TRIES = 200;

    private final Set<Integer> given = new HashSet<>();

    /** The preferred port, or the next free one above it; any free one for 0. */
    int free(int preferred) throws IOException {
        if (preferred == 0) {
            return any();
        }
        for (int port = preferred; port < Math.min(preferred + TRIES, 65_536); port++) {
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IOException("no free port from " + preferred + " to " + (preferred + TRIES - 1));
    }

    private int any() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (given.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    /** Whether a server could listen on it at the moment. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
