package example;

import java.util.List;
import java.util.Set;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;

/**
 * {@code kind: channel-breakout}. Long when a bar closes above the highest price of the last bars, flat when one closes
 * below the lowest.
 */
public final class ChannelBreakout implements StrategyFactory {
    @Override
    public String kind() {
        return "channel-breakout";
    }

    @Override
    public Set<String> parameters() {
        return Set.of("interval", "length");
    }

    @Override
    public void check(Parameters parameters) {
        interval(parameters);
        length(parameters);
    }

    @Override
    public Strategy create(StrategyContext context) {
        return new Breakout(context, interval(context.parameters()), length(context.parameters()));
    }

    /** Of the bars, one of the setting {@code etl.bars}. */
    private static String interval(Parameters parameters) {
        return parameters.word("interval", "1m", List.of());
    }

    /** How many bars make the channel. */
    private static int length(Parameters parameters) {
        return parameters.integer("length", 20, 2, 200);
    }
}
