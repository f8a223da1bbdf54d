package papertape.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that subscribes and then reads nothing. */
final class SilentClient implements AutoCloseable {
    private final Socket socket;

    private SilentClient(Socket socket) {
        this.socket = socket;
    }

    static SilentClient subscribe(int port, String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        OutputStream out = socket.getOutputStream();
        out.write(("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        while (socket.getInputStream().read() != '\n') {
            // The first line of the answer: the server has switched protocols
            continue;
        }
        out.write(masked(request.getBytes(StandardCharsets.US_ASCII)));
        out.flush();
        return new SilentClient(socket);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A text frame of up to 125 bytes with a mask of zeros. */
    private static byte[] masked(byte[] text) {
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        return frame;
    }
}
