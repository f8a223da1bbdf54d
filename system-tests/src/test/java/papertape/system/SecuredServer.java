package papertape.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import papertape.cli.stack.Home;
import papertape.cli.stack.RedisServer;

/** A redis-server that speaks TLS only and wants a password, with a certificate that keytool has made for it. */
final class SecuredServer implements AutoCloseable {
    static final String STORE_PASSWORD = "only-for-the-store";

    private static final char[] KEY_PASSWORD = STORE_PASSWORD.toCharArray();

    private final Path folder;
    private final int port;
    private final Process process;

    SecuredServer(Path folder, String password) throws Exception {
        this.folder = Files.createDirectories(folder);
        keytool("keys.p12", "-genkeypair", "-keyalg", "EC", "-dname", "CN=redis", "-ext", "SAN=ip:127.0.0.1");
        keytool(
                "keys.p12",
                "-exportcert",
                "-rfc",
                "-file",
                folder.resolve("redis.crt").toString());
        keytool(
                "trusted.p12",
                "-importcert",
                "-noprompt",
                "-file",
                folder.resolve("redis.crt").toString());
        Files.writeString(folder.resolve("redis.key"), key());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path settings = Files.writeString(
                folder.resolve("redis.conf"),
                String.join(
                        "\n",
                        "bind 127.0.0.1",
                        "port 0",
                        "tls-port " + port,
                        "tls-auth-clients no",
                        "tls-cert-file redis.crt",
                        "tls-ca-cert-file redis.crt",
                        "tls-key-file redis.key",
                        "requirepass \"" + password + "\"",
                        "save \"\"",
                        "appendonly no",
                        ""));
        process = new ProcessBuilder(
                        RedisServer.program(new Home(folder)).toAbsolutePath().toString(), settings.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        awaitOpen();
    }

    private void awaitOpen() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(Files.readString(folder.resolve("redis.log")), e);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** @param userInfo what stands before the host, with the @; may be empty */
    String url(String userInfo) {
        return "rediss://" + userInfo + "127.0.0.1:" + port;
    }

    Path trustStore() {
        return folder.resolve("trusted.p12");
    }

    private void keytool(String store, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", "redis", "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve(store).toString()));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private String key() throws IOException, GeneralSecurityException {
        byte[] key = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), KEY_PASSWORD)
                .getKey("redis", KEY_PASSWORD)
                .getEncoded();
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
