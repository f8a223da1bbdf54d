package papertape.system;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import papertape.common.message.Trade;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;

/**
 * A strategy that takes its time, as no real one may: it waits a millisecond a trade without using a processor, so that a
 * machine with few of them shows what many workers would do. It also says when trades come out of order.
 */
public final class DelayStrategy implements Strategy {
    static final String KIND = "test-delay";
    static final String OUT_OF_ORDER = "out of order";

    private static final String LAST = "last";
    private static final long DELAY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Makes them. */
    public static final class Factory implements StrategyFactory {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Set<String> parameters() {
            return Set.of();
        }

        @Override
        public Strategy create(StrategyContext context) {
            return new DelayStrategy(context);
        }
    }

    private final StrategyContext context;
    private long last;

    private DelayStrategy(StrategyContext context) {
        this.context = context;
        String saved = context.saved(LAST);
        this.last = saved == null ? 0 : Long.parseLong(saved);
    }

    @Override
    public void onTrade(Trade trade) {
        long until = System.nanoTime() + DELAY_NS;
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        long id = Long.parseLong(trade.tradeId().value());
        if (id != last + 1) {
            context.repeat(Direction.LONG, 1, trade.price(), OUT_OF_ORDER + ": " + id + " after " + last);
        }
        last = id;
        context.save(LAST, Long.toString(id));
    }
}
