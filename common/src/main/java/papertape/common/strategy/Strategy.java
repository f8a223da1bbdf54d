package papertape.common.strategy;

import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.FeedStatus;
import papertape.common.message.Quote;
import papertape.common.message.Signal;
import papertape.common.message.Trade;

/**
 * Decides what position it wants in one instrument and says so with {@link StrategyContext#signal}. Override what it
 * listens to.
 *
 * <p>A strategy is part of a stage: no I/O, clock, random numbers or threads; time arrives with messages. What it has to
 * remember over a restart it keeps with {@link StrategyContext#save} and reads back when it is created. It stays silent
 * until it has seen enough (warm-up). Called by one thread.
 */
public interface Strategy {
    default void onTrade(Trade trade) {}

    default void onQuote(Quote quote) {}

    /** Running bars arrive as well; see {@link Bar#closed}. */
    default void onBar(Bar bar) {}

    default void onBook(Book book) {}

    default void onStatus(FeedStatus status) {}

    /**
     * Another strategy's signal on the same instrument (a cascade). It arrives while the message that caused it is being
     * handled, after that strategy has returned, and is committed together with whatever is signaled here.
     */
    default void onSignal(Signal signal) {}
}
