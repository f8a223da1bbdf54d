package papertape.common.config;

/**
 * Redis.
 *
 * @param url {@code redis://} or {@code rediss://} (TLS), with user, password and database where needed; empty: an embedded server
 * @param appendfsync of an embedded server: everysec or always
 * @param trustStore file with the certificates that are trusted over TLS, PKCS12 or JKS; empty: those that Java trusts
 * @param trustStorePassword of that file
 */
public record RedisSettings(Secret url, String appendfsync, String trustStore, Secret trustStorePassword) {
    /** A server without TLS, or one whose certificate Java trusts anyway. */
    public static RedisSettings at(String url) {
        return new RedisSettings(new Secret(url), "everysec", "", Secret.NONE);
    }

    /** The same settings for another address. */
    public RedisSettings withUrl(String other) {
        return new RedisSettings(new Secret(other), appendfsync, trustStore, trustStorePassword);
    }
}
