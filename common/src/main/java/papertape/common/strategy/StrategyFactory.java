package papertape.common.strategy;

import java.util.Set;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.FeedStatus;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.message.Trade;

/**
 * A kind of strategy, found by {@link java.util.ServiceLoader}: a public class with a public constructor without
 * parameters, named in {@code META-INF/services/papertape.common.strategy.StrategyFactory}.
 */
public interface StrategyFactory {
    /** What the configuration calls it ({@code kind: moving-average-cross}); unique. */
    String kind();

    /**
     * The market data its strategies listen to; all of it unless overridden. What no strategy of a stack listens to is not
     * even decoded, and the order book's changes are most of what a venue sends.
     */
    default Set<Class<? extends Message>> listensTo() {
        return Set.of(Trade.class, Quote.class, Bar.class, Book.class, FeedStatus.class);
    }

    /** Names of the parameters it accepts; any other stops the start. */
    Set<String> parameters();

    /**
     * Whether the values make sense; called once at the start.
     *
     * @throws IllegalArgumentException naming the parameter, the value and what is accepted
     */
    default void check(Parameters parameters) {}

    /** One strategy for one instrument, new or continuing from what it saved. */
    Strategy create(StrategyContext context);
}
