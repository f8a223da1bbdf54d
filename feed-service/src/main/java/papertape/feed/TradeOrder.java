package papertape.feed;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import papertape.common.value.Instrument;

/** Puts trades into the inbox behind those that were printed before them while nobody listened. The reading thread's. */
final class TradeOrder implements AutoCloseable {
    /** How often missing trades are asked for before the stream goes on without them. */
    private static final int MOST_FILLS = 3;

    private final Inbox inbox;
    private final @Nullable TradeBackfill backfill;
    private final FeedCounters counters;

    /** @param backfill null where the venue cannot be asked for missing trades */
    TradeOrder(Inbox inbox, @Nullable TradeBackfill backfill, FeedCounters counters) {
        this.inbox = inbox;
        this.backfill = backfill;
        this.counters = counters;
    }

    /** See {@link Inbox#put(long, Look, long)}. */
    boolean put(long generation, Look look, long received, long trade) {
        TradeBackfill missed = backfill;
        return missed == null ? inbox.put(generation, look, received) : put(generation, look, received, trade, missed);
    }

    private boolean put(long generation, Look look, long received, long trade, TradeBackfill missed) {
        long last = inbox.putTrades(generation, look, received, trade, trade);
        for (int i = 0; last > 0 && i < MOST_FILLS; i++) {
            Instrument instrument = Objects.requireNonNull(look.instrument());
            TradeBackfill.Missed listed = missed.between(instrument, last, trade);
            boolean isNumberedAgain = listed.isNumberedAgain(last);
            for (TradeBackfill.Page page : listed.pages()) {
                Look trades = new Look(CoinbaseRestFeed.TRADES, instrument, Weight.KEEP, page.json());
                boolean isFirst = page.equals(listed.pages().getFirst());
                if (isFirst && listed.isCut()) {
                    counters.addGap(instrument, page.first() - last - 1);
                }
                if (isFirst && (listed.isCut() || isNumberedAgain)) {
                    inbox.put(generation, trades, received, page.last());
                } else {
                    inbox.putTrades(generation, trades, received, page.first(), page.last());
                }
            }
            if (isNumberedAgain && listed.begins() == trade) {
                return inbox.put(generation, look, received, trade);
            }
            last = inbox.putTrades(generation, look, received, trade, trade);
        }
        if (last == 0) {
            return true;
        }
        counters.addGap(Objects.requireNonNull(look.instrument()), trade - last - 1);
        return inbox.put(generation, look, received, trade);
    }

    @Override
    public void close() {
        if (backfill != null) {
            backfill.close();
        }
    }
}
