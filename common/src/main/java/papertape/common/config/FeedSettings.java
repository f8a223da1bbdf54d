package papertape.common.config;

/**
 * The connection to the venue.
 *
 * @param kind sim, coinbase, binance or coinbase-rest; a replay is played through sim's protocol
 * @param url of the venue's WebSocket; empty: the venue's public one, or the local simulator's
 * @param restUrl of the venue's REST interface; empty: as above
 * @param silenceMs after which a connection counts as dead
 * @param backoffMinMs first wait before connecting again
 * @param backoffMaxMs longest wait
 * @param pollMs interval of the REST feed
 * @param statusPollMs interval at which product status is asked for over REST, where the venue does not stream it
 * @param redundant two lines of feed workers take the same instruments, etl arbitrates between them
 * @param level2Channel name of Coinbase's book channel: level2_batch needs no credentials
 */
public record FeedSettings(
        String kind,
        String url,
        String restUrl,
        int silenceMs,
        int backoffMinMs,
        int backoffMaxMs,
        int pollMs,
        int statusPollMs,
        boolean redundant,
        String level2Channel,
        Secret apiKey,
        Secret apiSecret,
        Secret apiPassphrase) {}
