package papertape.common.config;

/**
 * The database's content.
 *
 * @param raw whether the venue's own texts are stored as well
 * @param books whether order book changes are stored
 */
public record PersistenceSettings(boolean raw, boolean books) {}
