package papertape.bench;

import java.util.Set;
import papertape.common.message.Trade;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;

/**
 * Wants a position and wants none in turns: orders enough to measure with. Which trades it acts on is drawn by their names,
 * so that their number depends on how many trades there are and not on how they spread over instruments.
 */
public final class Flip implements StrategyFactory {
    private static final String EVERY = "every";
    private static final String SALT = "salt";

    @Override
    public String kind() {
        return "bench-flip";
    }

    @Override
    public Set<String> parameters() {
        return Set.of(EVERY, SALT);
    }

    @Override
    public void check(Parameters parameters) {
        every(parameters);
        salt(parameters);
    }

    private static int salt(Parameters parameters) {
        return parameters.integer(SALT, 0, 0, 1_000_000);
    }

    private static int every(Parameters parameters) {
        return parameters.integer(EVERY, 10, 1, 1_000_000);
    }

    @Override
    public Strategy create(StrategyContext context) {
        int every = every(context.parameters());
        int salt = salt(context.parameters());
        return new Strategy() {
            private boolean isLong;

            @Override
            public void onTrade(Trade trade) {
                if (draw(trade.instrument().name(), trade.tradeId().value(), salt) % every == 0) {
                    isLong = !isLong;
                    context.signal(isLong ? Direction.LONG : Direction.FLAT, 1, trade.price(), "its turn");
                }
            }
        };
    }

    /** The same for the same trade; spread evenly over the integers from 0. */
    static int draw(String instrument, String tradeId, int salt) {
        int mixed = instrument.hashCode() * 0x9E3779B9 ^ tradeId.hashCode() * 0x85EBCA6B ^ salt * 0xC2B2AE35;
        mixed = (mixed ^ mixed >>> 16) * 0x7FEB352D;
        mixed = (mixed ^ mixed >>> 15) * 0x846CA68B;
        return (mixed ^ mixed >>> 16) & Integer.MAX_VALUE;
    }
}
