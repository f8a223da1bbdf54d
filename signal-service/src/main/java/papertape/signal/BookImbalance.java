package papertape.signal;

import java.util.Set;
import papertape.common.message.Message;
import papertape.common.message.Quote;
import papertape.common.strategy.Parameters;
import papertape.common.strategy.Strategy;
import papertape.common.strategy.StrategyContext;
import papertape.common.strategy.StrategyFactory;
import papertape.common.value.Direction;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * Follows the heavier side of the best bid and ask: share = bidQty / (bidQty + askQty), smoothed exponentially over
 * {@code window} quotes. Long from {@code enter}, short from 1 - {@code enter}, flat again at {@code exit} (mirrored). At
 * most one signal in {@code everyMs} of event time. The reference price is the opposite side's, so that a limit order at
 * it can fill.
 */
final class BookImbalance implements Strategy {
    /** {@code book-imbalance}: window, enter, exit, everyMs. */
    public static final class Factory implements StrategyFactory {
        @Override
        public String kind() {
            return "book-imbalance";
        }

        @Override
        public Set<Class<? extends Message>> listensTo() {
            return Set.of(Quote.class);
        }

        @Override
        public Set<String> parameters() {
            return Set.of("window", "enter", "exit", "everyMs");
        }

        @Override
        public void check(Parameters parameters) {
            double enter = enter(parameters);
            double exit = exit(parameters);
            if (exit >= enter) {
                throw Parameters.wrong("exit", "" + exit, "less than enter, " + enter);
            }
            window(parameters);
            everyMs(parameters);
        }

        @Override
        public Strategy create(StrategyContext context) {
            return new BookImbalance(context);
        }
    }

    private static final String STATE = "state";

    private final StrategyContext context;
    private final int window;
    private final double weight;
    private final double enter;
    private final double exit;
    private final long every;
    private double share = 0.5;
    private int seen;
    private Direction direction = Direction.FLAT;
    private long signaledAt = Long.MIN_VALUE / 2;

    private BookImbalance(StrategyContext context) {
        this.context = context;
        Parameters parameters = context.parameters();
        this.window = window(parameters);
        this.weight = 2.0 / (window + 1);
        this.enter = enter(parameters);
        this.exit = exit(parameters);
        this.every = everyMs(parameters) * 1000L;
        String saved = context.saved(STATE);
        if (saved != null) {
            restore(saved.split(" "));
        }
    }

    private static int window(Parameters parameters) {
        return parameters.integer("window", 20, 1, 100_000);
    }

    private static double enter(Parameters parameters) {
        return parameters.number("enter", 0.7, 0.5, 1);
    }

    private static double exit(Parameters parameters) {
        return parameters.number("exit", 0.5, 0, 1);
    }

    private static int everyMs(Parameters parameters) {
        return parameters.integer("everyMs", 1000, 0, 86_400_000);
    }

    private void restore(String[] saved) {
        share = Double.parseDouble(saved[0]);
        seen = Integer.parseInt(saved[1]);
        direction = Direction.valueOf(saved[2]);
        signaledAt = Long.parseLong(saved[3]);
    }

    @Override
    public void onQuote(Quote quote) {
        Price bid = quote.bidPx();
        Price ask = quote.askPx();
        Qty bidQty = quote.bidQty();
        Qty askQty = quote.askQty();
        if (bid == null || ask == null || bidQty == null || askQty == null) {
            return;
        }
        double bidSize = bidQty.value().doubleValue();
        double latest = bidSize / (bidSize + askQty.value().doubleValue());
        share = seen == 0 ? latest : share + weight * (latest - share);
        seen = Math.min(seen + 1, window);
        Direction next = next();
        if (seen == window && next != direction && quote.ts() - signaledAt >= every) {
            boolean isBuy = next == Direction.LONG || (next == Direction.FLAT && direction == Direction.SHORT);
            direction = next;
            signaledAt = quote.ts();
            context.signal(next, 1, isBuy ? ask : bid, "bid share=" + Math.round(share * 100) + "%");
        }
        context.save(STATE, share + " " + seen + " " + direction + " " + signaledAt);
    }

    private Direction next() {
        if (share >= enter) {
            return Direction.LONG;
        }
        if (share <= 1 - enter) {
            return Direction.SHORT;
        }
        return switch (direction) {
            case LONG -> share <= exit ? Direction.FLAT : Direction.LONG;
            case SHORT -> share >= 1 - exit ? Direction.FLAT : Direction.SHORT;
            case FLAT -> Direction.FLAT;
        };
    }
}
