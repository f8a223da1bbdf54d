package papertape.signal;

import java.util.List;
import java.util.Set;
import org.ta4j.core.indicators.averages.SMAIndicator;
import papertape.common.message.Bar;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;
import papertape.common.value.Price;

/** Long while the average of the last {@code fast} prices is above that of the last {@code slow}, short while below. */
final class MovingAverageCross implements Strategy {
    /** {@code moving-average-cross}: on, fast, slow, everyMs. */
    public static final class Factory implements StrategyFactory {
        @Override
        public String kind() {
            return "moving-average-cross";
        }

        @Override
        public Set<Class<? extends Message>> listensTo() {
            return Set.of(Trade.class, Bar.class);
        }

        @Override
        public Set<String> parameters() {
            return Set.of("on", "fast", "slow", Pace.PARAMETER);
        }

        @Override
        public void check(Parameters parameters) {
            PriceSource.of(parameters);
            Pace.everyMs(parameters);
            if (fast(parameters) >= slow(parameters)) {
                throw Parameters.wrong("fast", "" + fast(parameters), "less than slow, " + slow(parameters));
            }
        }

        @Override
        public Strategy create(StrategyContext context) {
            return new MovingAverageCross(context);
        }
    }

    private final Pace pace;
    private final PriceSource source;
    private final int slow;
    private final PriceWindow window;

    private MovingAverageCross(StrategyContext context) {
        this.pace = new Pace(context);
        this.source = PriceSource.of(context.parameters());
        int fast = fast(context.parameters());
        this.slow = slow(context.parameters());
        this.window = new PriceWindow(
                context, slow, prices -> List.of(new SMAIndicator(prices, fast), new SMAIndicator(prices, slow)));
    }

    private static int fast(Parameters parameters) {
        return parameters.integer("fast", 10, 1, 10_000);
    }

    private static int slow(Parameters parameters) {
        return parameters.integer("slow", 30, 2, 10_000);
    }

    @Override
    public void onTrade(Trade trade) {
        if (source.isTrades()) {
            onPrice(trade.price(), trade.ts());
        }
    }

    @Override
    public void onBar(Bar bar) {
        if (source.takes(bar)) {
            onPrice(bar.close(), bar.ts());
        }
    }

    private void onPrice(Price price, long ts) {
        window.add(price);
        if (window.size() < slow) {
            return;
        }
        int side = Double.compare(window.value(0), window.value(1));
        if (side > 0) {
            pace.say(Direction.LONG, price, ts, "fast average above slow");
        } else if (side < 0) {
            pace.say(Direction.SHORT, price, ts, "fast average below slow");
        }
    }
}
