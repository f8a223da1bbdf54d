package papertape.common.config;

/**
 * QuestDB.
 *
 * @param url {@code http://host:port} of its HTTP interface (ILP ingestion); empty: an embedded server
 * @param pgUrl {@code jdbc:postgresql://host:port/qdb} of its PostgreSQL interface; empty: an embedded server
 */
public record DatabaseSettings(String url, String pgUrl, String user, Secret password) {}
