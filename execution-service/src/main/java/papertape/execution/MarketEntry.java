package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.value.FeedState;
import papertape.common.value.Price;

/**
 * What is known of an instrument beside its price levels.
 *
 * @param feed absent until the feed has said something about itself; market data alone counts as live
 * @param bookSeen a book message came once: from then on quotes are not looked at
 * @param quoteSeen a quote came once
 * @param lastTrade absent until a trade came
 * @param lastBar close of the last bar, where nothing but bars is known
 */
record MarketEntry(
        @Nullable FeedState feed,
        boolean bookSeen,
        boolean quoteSeen,
        @Nullable Price lastTrade,
        @Nullable Price lastBar) {
    static final MarketEntry UNKNOWN = new MarketEntry(null, false, false, null, null);

    MarketEntry withFeed(FeedState state) {
        return new MarketEntry(state, bookSeen, quoteSeen, lastTrade, lastBar);
    }

    MarketEntry withBook() {
        return new MarketEntry(feed, true, quoteSeen, lastTrade, lastBar);
    }

    MarketEntry withQuote() {
        return new MarketEntry(feed, bookSeen, true, lastTrade, lastBar);
    }

    MarketEntry withTrade(Price price) {
        return new MarketEntry(feed, bookSeen, quoteSeen, price, lastBar);
    }

    MarketEntry withBar(Price close) {
        return new MarketEntry(feed, bookSeen, quoteSeen, lastTrade, close);
    }

    boolean isLive() {
        return feed == null || feed == FeedState.LIVE;
    }

    /** Whether orders meet displayed liquidity; otherwise only prints are known (rule 13). */
    boolean displays() {
        return bookSeen || quoteSeen;
    }

    boolean isUnheardOf() {
        return feed == null && !displays() && lastTrade == null && lastBar == null;
    }
}
