package papertape.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import papertape.common.text.Cause;
import papertape.common.value.Instrument;
import papertape.feed.FeedCounters.Count;

/**
 * Fetches the trades that were printed while nobody listened: venues number an instrument's trades without holes, so the
 * first trade after a pause tells how many there were. Called by the connection's reading thread, which waits meanwhile:
 * so the missing trades go ahead of the one that revealed them.
 */
final class TradeBackfill implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TradeBackfill.class);
    private static final int PAGE = 1_000;
    private static final String ID = "\"trade_id\"";

    private final CoinbaseRest rest;
    private final FeedCounters counters;

    TradeBackfill(String restUrl, FeedCounters counters) {
        this.rest = new CoinbaseRest(restUrl, PAGE, counters);
        this.counters = counters;
    }

    /** Trades in the form in which the venue lists them, the newest first, with the numbers of the first and last. */
    record Page(String json, long first, long last) {}

    /** The trades between two numbers, the oldest page first; empty where the venue does not give them. */
    List<Page> between(Instrument instrument, long last, long next) {
        try {
            List<String> trades = new ArrayList<>(rest.newTrades(instrument, last));
            trades.removeIf(trade -> Text.number(trade, ID) >= next);
            counters.add(Count.BACKFILLED, trades.size());
            List<Page> pages = new ArrayList<>();
            for (int to = trades.size(); to > 0; to -= PAGE) {
                pages.add(page(trades.subList(Math.max(0, to - PAGE), to)));
            }
            return pages;
        } catch (IOException e) {
            counters.add(Count.REST_FAILURES, 1);
            LOG.atWarn()
                    .addKeyValue("instrument", instrument)
                    .addKeyValue("cause", Cause.of(e))
                    .log("missing trades could not be fetched");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private static Page page(List<String> newestFirst) {
        return new Page(
                "[" + String.join(",", newestFirst) + "]",
                Text.number(newestFirst.getLast(), ID),
                Text.number(newestFirst.getFirst(), ID));
    }

    @Override
    public void close() {
        rest.close();
    }
}
