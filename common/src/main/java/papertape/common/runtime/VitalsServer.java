package papertape.common.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import papertape.common.config.ConfigException;
import papertape.common.json.JsonText;

/**
 * A service's answers over HTTP: {@code /health}, 200 or 503 with the reason, and {@code /metrics} in Prometheus' text
 * format. There is one only where {@value #PORT} names a port; it listens on the loopback address unless {@value #BIND}
 * names another.
 */
final class VitalsServer implements AutoCloseable {
    static final String PORT = "PAPERTAPE_HTTP_PORT";
    static final String BIND = "PAPERTAPE_HTTP_BIND";

    private static final int MAX_PORT = 65_535;

    /** The answer to {@code /health}. */
    record Health(String status, String stage, String worker, String reason) {}

    private final HttpServer server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("http").factory());
    private final Vitals vitals;
    private final String stage;
    private final String worker;

    private VitalsServer(HttpServer server, Vitals vitals, String stage, String worker) {
        this.server = server;
        this.vitals = vitals;
        this.stage = stage;
        this.worker = worker;
    }

    /**
     * Opens the server that the environment asks for; null where it asks for none.
     *
     * @throws ConfigException when it asks for what cannot be had
     */
    static @Nullable VitalsServer open(Map<String, String> env, Vitals vitals, String stage, String worker) {
        int port = port(env.getOrDefault(PORT, ""));
        return port == 0 ? null : open(env.getOrDefault(BIND, ""), port, vitals, stage, worker);
    }

    /** @param bind empty: loopback; port 0: any free one */
    static VitalsServer open(String bind, int port, Vitals vitals, String stage, String worker) {
        try {
            InetAddress address = bind.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
            HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
            VitalsServer opened = new VitalsServer(server, vitals, stage, worker);
            server.createContext("/health", opened::health);
            server.createContext("/metrics", opened::metrics);
            server.setExecutor(opened.thread);
            vitals.expectQuestions();
            server.start();
            return opened;
        } catch (IOException e) {
            throw new ConfigException(List.of(PORT + " " + port + ": " + e.getMessage()));
        }
    }

    private static int port(String text) {
        try {
            int port = text.isBlank() ? 0 : Integer.parseInt(text.strip());
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new ConfigException(List.of(PORT + " is not a port: " + text + " (accepted: 0 for none to 65535)"));
        }
        throw new ConfigException(List.of(PORT + " is not a port: " + text + " (accepted: 0 for none to 65535)"));
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void health(HttpExchange exchange) throws IOException {
        String complaint = vitals.complaint();
        boolean isHealthy = complaint.isEmpty();
        String text = JsonText.of(new Health(isHealthy ? "ok" : "failing", stage, worker, complaint)) + "\n";
        answer(exchange, isHealthy ? 200 : 503, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    private void metrics(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(8_192);
        Metrics.of(vitals, stage, worker).writeTo(text);
        answer(exchange, 200, Metrics.CONTENT_TYPE, text.toByteArray());
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }
}
