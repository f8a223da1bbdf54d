package papertape.feed;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * Fetches the trades that were printed while nobody listened: venues number an instrument's trades without holes, so the
 * first trade after a pause tells how many there were. Called by the connection's reading thread, which waits meanwhile:
 * so the missing trades go ahead of the one that revealed them.
 */
final class TradeBackfill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TradeBackfill.class);
    private static final int TRIES = 3;
    private static final long PAUSE_MS = 200;

    private final CoinbaseRest rest;
    private final FeedCounters counters;

    TradeBackfill(String restUrl, FeedCounters counters) {
        this.rest = new CoinbaseRest(restUrl, counters);
        this.counters = counters;
    }

    /** The trades between two ids as one message, in the form in which the venue lists them; empty where it has none. */
    String between(Instrument instrument, long last, long next) {
        try {
            for (int i = 1; i <= TRIES; i++) {
                try {
                    return join(rest.newTrades(instrument, last), next);
                } catch (IOException e) {
                    counters.add(Count.REST_FAILURES, 1);
                    LOG.atWarn()
                            .addKeyValue("instrument", instrument)
                            .addKeyValue("cause", e.getMessage())
                            .log("missing trades could not be fetched");
                    Thread.sleep(PAUSE_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        counters.add(Count.REST_GAPS, next - last - 1);
        return "";
    }

    private String join(List<String> newestFirst, long next) {
        StringBuilder json = new StringBuilder();
        for (String trade : newestFirst) {
            if (Text.number(trade, "\"trade_id\"") < next) {
                json.append(json.isEmpty() ? "[" : ",").append(trade);
                counters.add(Count.BACKFILLED, 1);
            }
        }
        return json.isEmpty() ? "" : json.append(']').toString();
    }

    @Override
    public void close() {
        rest.close();
    }
}
