package papertape.common.testredis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import papertape.common.config.RedisSettings;
import papertape.common.config.Secret;

/**
 * A server's certificate, made by the running JDK's keytool and signed by itself, with what a server and its clients need.
 *
 * @param pem the certificate
 * @param keyPem its private key
 * @param trustStore a store in which it is trusted
 */
public record Certificate(Path pem, Path keyPem, Path trustStore) {
    /** Of the stores. */
    public static final String PASSWORD = "no secret in a test";

    private static final String NAME = "redis";

    /** @param names of the server, {@code dns:localhost,ip:127.0.0.1} */
    public static Certificate of(String names) {
        try {
            Path folder = Files.createTempDirectory("papertape-certificate");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            Path keys = folder.resolve("keys.p12");
            Certificate made = new Certificate(
                    folder.resolve("redis.crt"), folder.resolve("redis.key"), folder.resolve("trusted.p12"));
            keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=redis", "-ext", "SAN=" + names);
            keytool(keys, "-exportcert", "-rfc", "-file", made.pem.toString());
            keytool(made.trustStore, "-importcert", "-noprompt", "-file", made.pem.toString());
            Files.writeString(made.keyPem, key(keys));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        folder.toFile().delete();
    }

    public RedisSettings trustedBy(RedisSettings settings) {
        return new RedisSettings(settings.url(), settings.appendfsync(), trustStore.toString(), new Secret(PASSWORD));
    }

    private static void keytool(Path store, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", NAME, "-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(Path keys) throws IOException {
        try {
            char[] password = PASSWORD.toCharArray();
            byte[] key = KeyStore.getInstance(keys.toFile(), password)
                    .getKey(NAME, password)
                    .getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
