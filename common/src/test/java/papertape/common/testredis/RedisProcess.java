package papertape.common.testredis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A redis-server of the test's own on the loopback address. */
final class RedisProcess {
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final int port;
    private final boolean isDurable;
    private final @Nullable Certificate certificate;
    private @Nullable Process process;

    /**
     * @param isDurable whether it keeps an append-only file that is written at once
     * @param certificate with which it speaks TLS and nothing else; null: plain
     */
    RedisProcess(boolean isDurable, @Nullable Certificate certificate) {
        this.isDurable = isDurable;
        this.certificate = certificate;
        try {
            folder = Files.createTempDirectory("papertape-redis");
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
                port = socket.getLocalPort();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::destroy));
    }

    String url() {
        return (certificate == null ? "redis://" : "rediss://") + LOOPBACK + ":" + port;
    }

    private List<String> listening() {
        String number = Integer.toString(port);
        if (certificate == null) {
            return List.of("--port", number);
        }
        List<String> secured =
                new ArrayList<>(List.of("--port", "0", "--tls-port", number, "--tls-auth-clients", "no"));
        secured.addAll(List.of("--tls-cert-file", certificate.pem().toString()));
        secured.addAll(List.of("--tls-ca-cert-file", certificate.pem().toString()));
        secured.addAll(List.of("--tls-key-file", certificate.keyPem().toString()));
        return secured;
    }

    void start() {
        try {
            List<String> command = new ArrayList<>(List.of(program().toString(), "--bind", LOOPBACK));
            command.addAll(List.of("--dir", folder.toString(), "--save", ""));
            command.addAll(listening());
            command.addAll(List.of("--appendonly", isDurable ? "yes" : "no", "--appendfsync", "always"));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 200);
            if (certificate != null) {
                return true;
            }
            socket.getOutputStream().write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the server as kill -9 does. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }

    private void destroy() {
        kill();
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        folder.toFile().delete();
    }

    private Path program() throws IOException {
        for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path candidate = Path.of(path, "redis-server");
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        Path unpacked = folder.resolve("redis-server");
        if (!Files.isExecutable(unpacked)) {
            try (@Nullable InputStream in = RedisProcess.class.getResourceAsStream("/" + resource())) {
                if (in == null) {
                    throw new IOException("no redis-server on the PATH, and none for this machine on the class path");
                }
                Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!unpacked.toFile().setExecutable(true)) {
                throw new IOException(unpacked + " cannot be made executable");
            }
        }
        return unpacked;
    }

    private static String resource() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean isArm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches(".*(aarch64|arm64).*");
        if (os.contains("mac")) {
            return isArm ? "redis-server-6.2.6-v5-darwin-arm64" : "redis-server-6.2.6-v5-darwin-amd64";
        }
        return isArm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }
}
