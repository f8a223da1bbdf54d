package papertape.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A venue that answers the handshake with something else than a WebSocket: the reason names it. */
@Timeout(30)
class HandshakeTest {
    private final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();

    @Test
    void theStatusOfARefusedHandshakeIsNamed() throws Exception {
        assertThat(
                        reason(
                                "HTTP/1.1 451 Unavailable For Legal Reasons\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 60\r\n\r\n{\"code\":0,\"msg\":\"Service unavailable from a restricted place\"}"))
                .contains("HTTP 451", "it does not serve this country");
        assertThat(reason("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"))
                .contains("HTTP 429", "too many requests");
        assertThat(reason("HTTP/1.1 503 \r\n\r\n")).contains("HTTP 503");
    }

    @Test
    void anAddressWithoutAVenueIsNamedByWhatTheSystemSays() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(reasonAt(port)).contains("refused").doesNotContain("null");
    }

    private String reason(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answer(server, answer));
            return reasonAt(server.getLocalPort());
        }
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String reasonAt(int port) throws Exception {
        reasons.clear();
        VenueClient client = new VenueClient(URI.create("ws://127.0.0.1:" + port), 1, new VenueClient.Listener() {
            @Override
            public void text(VenueClient from, String text) {
                reasons.add("text " + text);
            }

            @Override
            public void alive(VenueClient from) {
                reasons.add("alive");
            }

            @Override
            public void ended(VenueClient from, String reason) {
                reasons.add(reason);
            }
        });
        assertThat(client.open(10_000)).isFalse();
        String reason = reasons.poll(5, TimeUnit.SECONDS);
        return reason == null ? "" : reason;
    }
}
