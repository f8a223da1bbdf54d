package papertape.signal;

import java.util.List;
import java.util.Set;
import org.ta4j.core.indicators.RSIIndicator;
import papertape.common.message.Bar;
import papertape.common.message.Message;
import papertape.common.message.Trade;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;
import papertape.common.value.Price;

/** Buys below {@code low}, sells above {@code high}, and is flat again when the RSI has come back to {@code middle}. */
final class RsiReversion implements Strategy {
    /** {@code rsi-reversion}: on, period, low, middle, high, everyMs. */
    public static final class Factory implements StrategyFactory {
        @Override
        public String kind() {
            return "rsi-reversion";
        }

        @Override
        public Set<Class<? extends Message>> listensTo() {
            return Set.of(Trade.class, Bar.class);
        }

        @Override
        public Set<String> parameters() {
            return Set.of("on", "period", "low", "middle", "high", Pace.PARAMETER);
        }

        @Override
        public void check(Parameters parameters) {
            PriceSource.of(parameters);
            Pace.everyMs(parameters);
            Levels.of(parameters);
            period(parameters);
        }

        @Override
        public Strategy create(StrategyContext context) {
            return new RsiReversion(context);
        }
    }

    private record Levels(double low, double middle, double high) {
        static Levels of(Parameters parameters) {
            Levels levels = new Levels(
                    parameters.number("low", 30, 0, 100),
                    parameters.number("middle", 50, 0, 100),
                    parameters.number("high", 70, 0, 100));
            if (levels.low >= levels.middle || levels.middle >= levels.high) {
                throw Parameters.wrong("middle", "" + levels.middle, "between low and high");
            }
            return levels;
        }
    }

    /** After so many periods Wilder's average has forgotten all but e^-8 of what was before. */
    private static final int MEMORY = 8;

    private final Pace pace;
    private final PriceSource source;
    private final Levels levels;
    private final int period;
    private final PriceWindow window;

    private RsiReversion(StrategyContext context) {
        this.pace = new Pace(context);
        this.source = PriceSource.of(context.parameters());
        this.levels = Levels.of(context.parameters());
        this.period = period(context.parameters());
        this.window = new PriceWindow(context, MEMORY * period, prices -> List.of(new RSIIndicator(prices, period)));
    }

    private static int period(Parameters parameters) {
        return parameters.integer("period", 14, 2, 1_000);
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
        if (window.size() <= period || !window.hasMoved()) {
            return;
        }
        double rsi = window.value(0);
        Direction next = next(rsi);
        if (next != pace.direction()) {
            pace.say(next, price, ts, "rsi=" + Math.round(rsi));
        }
    }

    private Direction next(double rsi) {
        if (rsi <= levels.low) {
            return Direction.LONG;
        }
        if (rsi >= levels.high) {
            return Direction.SHORT;
        }
        return switch (pace.direction()) {
            case LONG -> rsi >= levels.middle ? Direction.FLAT : Direction.LONG;
            case SHORT -> rsi <= levels.middle ? Direction.FLAT : Direction.SHORT;
            case FLAT -> Direction.FLAT;
        };
    }
}
