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

    private final CoinbaseRest rest;
    private final FeedCounters counters;

    TradeBackfill(String restUrl, FeedCounters counters) {
        this.rest = new CoinbaseRest(restUrl, PAGE);
        this.counters = counters;
    }

    /** Trades in the form in which the venue lists them, the newest first, with the numbers of the first and last. */
    record Page(String json, long first, long last) {}

    /**
     * What the venue lists after a number.
     *
     * @param pages the oldest first; empty where it does not give any
     * @param begins number of the oldest trade where the venue's list ends with it: a venue that was started again numbers
     *     from there, and printed nothing under the numbers before it; -1 where the list goes on or nothing is known
     * @param isCut whether the venue has more of them, further back than is asked for
     */
    record Missed(List<Page> pages, long begins, boolean isCut) {
        static final Missed NOTHING = new Missed(List.of(), -1, false);

        boolean isNumberedAgain(long last) {
            return begins > last + 1;
        }
    }

    /** The trades between two numbers. */
    Missed between(Instrument instrument, long last, long next) {
        try {
            CoinbaseRest.Listed listed = rest.newTrades(instrument, last);
            List<String> trades = new ArrayList<>(listed.trades());
            boolean isWhole = !trades.isEmpty() && !listed.isCut();
            long begins = isWhole ? Text.number(trades.getLast(), CoinbaseRest.ID) : -1;
            trades.removeIf(trade -> Text.number(trade, CoinbaseRest.ID) >= next);
            counters.add(Count.BACKFILLED, trades.size());
            List<Page> pages = new ArrayList<>();
            for (int to = trades.size(); to > 0; to -= PAGE) {
                pages.add(page(trades.subList(Math.max(0, to - PAGE), to)));
            }
            return new Missed(pages, begins, listed.isCut() && !pages.isEmpty());
        } catch (IOException e) {
            counters.add(Count.REST_FAILURES, 1);
            LOG.atWarn()
                    .addKeyValue("instrument", instrument)
                    .addKeyValue("cause", Cause.of(e))
                    .log("missing trades could not be fetched");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Missed.NOTHING;
    }

    private static Page page(List<String> newestFirst) {
        return new Page(
                "[" + String.join(",", newestFirst) + "]",
                Text.number(newestFirst.getLast(), CoinbaseRest.ID),
                Text.number(newestFirst.getFirst(), CoinbaseRest.ID));
    }

    @Override
    public void close() {
        rest.close();
    }
}
