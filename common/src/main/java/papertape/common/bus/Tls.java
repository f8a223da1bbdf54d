package papertape.common.bus;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import papertape.common.config.ConfigException;
import papertape.common.config.RedisSettings;
import papertape.common.text.Cause;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** How {@code rediss://} is secured: the server's certificate must be trusted and name the host of the URL. */
final class Tls {
    private Tls() {}

    /** @throws ConfigException when the trust store cannot be used */
    static SslOptions options(RedisSettings settings) {
        SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        if (!settings.trustStore().isEmpty()) {
            File file = new File(settings.trustStore());
            char[] password = settings.trustStorePassword().value().toCharArray();
            options.trustStoreType(type(file, password)).truststore(file, password);
        }
        return options.build();
    }

    /** Opens the store once before Jedis does, which would not say what is wrong with it. */
    private static String type(File file, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance(file, password);
            if (store.size() == 0) {
                throw new ConfigException(List.of("redis.trustStore: " + file + " holds no certificate"));
            }
            return store.getType();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigException(List.of("redis.trustStore: " + file + " cannot be used: " + Cause.of(e)
                    + " (accepted: a PKCS12 or JKS file, with redis.trustStorePassword)"));
        }
    }

    /** Why TLS did not come about; null where something else was wrong. */
    static @Nullable String complaint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Cause.of(rootOf(cause));
            }
        }
        return null;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
