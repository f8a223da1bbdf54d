package papertape.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import papertape.common.config.Secret;

/**
 * Signs a Coinbase Exchange subscription: Base64 of HMAC-SHA256, keyed with the decoded secret, over timestamp, method and
 * path of a request that would verify the user (Coinbase Exchange, "WebSocket feed authentication").
 *
 * @param epochSeconds the time that goes into the signature
 */
record Signer(Secret key, Secret secret, Secret passphrase, LongSupplier epochSeconds) {
    private static final String SIGNED = "GET/users/self/verify";

    /** Adds the credentials' fields to an open JSON object; nothing where there are no credentials. */
    void sign(StringBuilder json) {
        if (key.isEmpty() || secret.isEmpty()) {
            return;
        }
        String timestamp = Long.toString(epochSeconds.getAsLong());
        Text.quote(json.append(",\"signature\":"), signature(timestamp));
        Text.quote(json.append(",\"key\":"), key.value());
        Text.quote(json.append(",\"passphrase\":"), passphrase.value());
        Text.quote(json.append(",\"timestamp\":"), timestamp);
    }

    private String signature(String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.value()), "HmacSHA256"));
            byte[] signed = mac.doFinal((timestamp + SIGNED).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }
}
