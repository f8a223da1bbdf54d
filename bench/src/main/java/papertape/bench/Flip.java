package papertape.bench;

import java.util.Set;
import papertape.common.message.Trade;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;

/** Wants a position and wants none in turns, with every so many trades: orders enough to measure delays with. */
public final class Flip implements StrategyFactory {
    private static final String EVERY = "every";

    @Override
    public String kind() {
        return "bench-flip";
    }

    @Override
    public Set<String> parameters() {
        return Set.of(EVERY);
    }

    @Override
    public void check(Parameters parameters) {
        every(parameters);
    }

    private static int every(Parameters parameters) {
        return parameters.integer(EVERY, 10, 1, 1_000_000);
    }

    @Override
    public Strategy create(StrategyContext context) {
        int every = every(context.parameters());
        return new Strategy() {
            private int trades;
            private boolean isLong;

            @Override
            public void onTrade(Trade trade) {
                if (++trades % every == 0) {
                    isLong = !isLong;
                    context.signal(isLong ? Direction.LONG : Direction.FLAT, 1, trade.price(), "its turn");
                }
            }
        };
    }
}
