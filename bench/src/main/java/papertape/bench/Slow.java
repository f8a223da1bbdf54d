package papertape.bench;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import papertape.common.message.Bar;
import papertape.common.message.Book;
import papertape.common.message.Quote;
import papertape.common.message.Trade;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;

/** Waits for a millisecond with every message, as a strategy would that asks somebody else. */
public final class Slow implements StrategyFactory {
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Override
    public String kind() {
        return "bench-slow";
    }

    @Override
    public Set<String> parameters() {
        return Set.of();
    }

    @Override
    public Strategy create(StrategyContext context) {
        return new Strategy() {
            @Override
            public void onTrade(Trade trade) {
                pause();
            }

            @Override
            public void onQuote(Quote quote) {
                pause();
            }

            @Override
            public void onBook(Book book) {
                pause();
            }

            @Override
            public void onBar(Bar bar) {
                pause();
            }
        };
    }

    private static void pause() {
        long end = System.nanoTime() + WAIT_NS;
        for (long left = WAIT_NS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
