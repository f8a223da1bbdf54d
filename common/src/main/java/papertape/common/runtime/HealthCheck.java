package papertape.common.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import papertape.common.text.Cause;

/**
 * Asks a service of this machine how it is, for a container's health check: exit code 0 when it answers 200, otherwise 1
 * with the reason. Asks {@code /health} on {@code PAPERTAPE_HTTP_PORT}, or the {@code http://} address that is given. Uses
 * a plain socket and nothing else of the project, so that it starts quickly.
 */
public final class HealthCheck {
    private static final int TIMEOUT_MS = 3_000;

    private HealthCheck() {}

    public static void main(String[] args) {
        String port = System.getenv().getOrDefault("PAPERTAPE_HTTP_PORT", "");
        String url = args.length > 0 ? args[0] : "http://127.0.0.1:" + port + "/health";
        String complaint = ask(url);
        if (!complaint.isEmpty()) {
            System.err.println(complaint);
            System.exit(1);
        }
    }

    /** Why not; empty when the answer is 200. */
    static String ask(String url) {
        try (Socket socket = new Socket()) {
            URI uri = URI.create(url);
            socket.connect(new InetSocketAddress(InetAddress.getByName(uri.getHost()), uri.getPort()), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            String request = "GET " + uri.getRawPath() + " HTTP/1.0\r\nHost: " + uri.getHost() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return isOk(answer)
                    ? ""
                    : answer.substring(answer.indexOf("\r\n\r\n") + 1).strip();
        } catch (IOException | IllegalArgumentException e) {
            return url + ": " + Cause.of(e);
        }
    }

    private static boolean isOk(String answer) {
        int space = answer.indexOf(' ');
        return answer.startsWith("HTTP/") && answer.startsWith("200", space + 1);
    }
}
