package papertape.dashboard.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import papertape.common.config.Secret;

/** What a browser must show to be answered. */
final class Token {
    static final String HEADER = "X-Papertape-Token";

    private final byte[] expected;

    Token(Secret secret) {
        expected = secret.value().getBytes(StandardCharsets.UTF_8);
    }

    /** In a time that does not depend on how much of it is right. */
    boolean is(@Nullable String shown) {
        return shown != null && MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8));
    }
}
