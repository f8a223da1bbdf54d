package papertape.common.config;

/**
 * Redis.
 *
 * @param url {@code redis://} or {@code rediss://}, with user and password where needed; empty: an embedded server
 * @param appendfsync of an embedded server: everysec or always
 */
public record RedisSettings(Secret url, String appendfsync) {}
