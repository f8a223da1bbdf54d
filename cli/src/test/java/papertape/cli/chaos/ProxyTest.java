package papertape.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import papertape.cli.chaos.Proxy.Direction;

final class ProxyTest {
    private ServerSocket echo;
    private Proxy proxy;
    private Socket client;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = Proxy.open(echo.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(10_000);
        assertThat(ask(1)).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        echo.close();
    }

    private void serve() {
        try (Socket server = echo.accept()) {
            server.getInputStream().transferTo(server.getOutputStream());
        } catch (IOException e) {
            // the test is over, or has cut the connection
            assertThat(e).isNotNull();
        }
    }

    private int ask(int what) throws IOException {
        client.getOutputStream().write(what);
        return client.getInputStream().read();
    }

    @Test
    void what_is_held_up_arrives_late_and_whole() throws IOException {
        long began = System.nanoTime();
        assertThat(proxy.hold(new Random(1), 100, Direction.REPLIES, 300)).isEqualTo(1);
        assertThat(ask(2)).isEqualTo(2);
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(290));
    }

    @Test
    void calm_ends_what_is_held_up() throws IOException {
        proxy.hold(new Random(1), 100, Direction.REQUESTS, 3_600_000);
        proxy.calm();
        assertThat(ask(3)).isEqualTo(3);
    }

    @Test
    void a_lost_reply_ends_the_connection() {
        assertThat(proxy.lose(new Random(1), 100, Direction.REPLIES)).isEqualTo(1);
        assertEnded();
    }

    @Test
    void a_cut_ends_the_connection() {
        assertThat(proxy.cut(new Random(1), 100)).isEqualTo(1);
        assertEnded();
    }

    private void assertEnded() {
        assertThatThrownBy(() -> {
                    if (ask(4) < 0) {
                        throw new IOException("ended");
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
