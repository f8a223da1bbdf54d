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
 * @param requestedTs present while what is displayed is not to be believed, since a message of its stream was lost: event
 *     time at which a snapshot was last asked for
 */
record MarketEntry(
        @Nullable FeedState feed,
        boolean bookSeen,
        boolean quoteSeen,
        @Nullable Price lastTrade,
        @Nullable Price lastBar,
        @Nullable Long requestedTs) {
    static final MarketEntry UNKNOWN = new MarketEntry(null, false, false, null, null, null);

    MarketEntry withFeed(FeedState state) {
        return new MarketEntry(state, bookSeen, quoteSeen, lastTrade, lastBar, requestedTs);
    }

    MarketEntry withBook() {
        return new MarketEntry(feed, true, quoteSeen, lastTrade, lastBar, requestedTs);
    }

    MarketEntry withQuote() {
        return new MarketEntry(feed, bookSeen, true, lastTrade, lastBar, requestedTs);
    }

    MarketEntry withTrade(Price price) {
        return new MarketEntry(feed, bookSeen, quoteSeen, price, lastBar, requestedTs);
    }

    MarketEntry withBar(Price close) {
        return new MarketEntry(feed, bookSeen, quoteSeen, lastTrade, close, requestedTs);
    }

    MarketEntry broken(long ts) {
        return new MarketEntry(feed, bookSeen, quoteSeen, lastTrade, lastBar, ts);
    }

    /** The lost message may have been the feed's word that all is well again; only a halt outlasts a whole snapshot. */
    MarketEntry whole() {
        FeedState state = feed == FeedState.HALTED || (feed != null && feed.isLive()) ? feed : null;
        return new MarketEntry(state, bookSeen, quoteSeen, lastTrade, lastBar, null);
    }

    boolean isBroken() {
        return requestedTs != null;
    }

    /** What the instrument's data is worth; absent until something was said about it. */
    @Nullable
    FeedState state() {
        return isBroken() && (feed == null || feed.isLive()) ? FeedState.GAP : feed;
    }

    boolean isLive() {
        FeedState state = state();
        return state == null || state.isLive();
    }

    /** Whether orders trade: a venue that takes post-only orders alone matches none. */
    boolean isMatching() {
        return isLive() && state() != FeedState.POST_ONLY;
    }

    /** Whether orders meet displayed liquidity; otherwise only prints are known (rule 13). */
    boolean displays() {
        return bookSeen || quoteSeen;
    }

    boolean isUnheardOf() {
        return feed == null && !displays() && lastTrade == null && lastBar == null;
    }
}
