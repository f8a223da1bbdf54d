package papertape.signal;

import papertape.common.strategy.Parameters;
import papertape.common.strategy.StrategyContext;
import papertape.common.value.Direction;
import papertape.common.value.Price;

/** Keeps a strategy from saying more than one thing in {@code everyMs} of event time; what it last said is saved. */
final class Pace {
    static final String PARAMETER = "everyMs";

    private static final String SAID = "said";

    private final StrategyContext context;
    private final long every;
    private Direction direction = Direction.FLAT;
    private long saidAt = Long.MIN_VALUE / 2;

    Pace(StrategyContext context) {
        this.context = context;
        this.every = everyMs(context.parameters()) * 1000L;
        String saved = context.saved(SAID);
        if (saved != null) {
            int space = saved.indexOf(' ');
            direction = Direction.valueOf(saved.substring(0, space));
            saidAt = Long.parseLong(saved.substring(space + 1));
        }
    }

    static int everyMs(Parameters parameters) {
        return parameters.integer(PARAMETER, 0, 0, 86_400_000);
    }

    /** What was last said. */
    Direction direction() {
        return direction;
    }

    /** Signals the direction where it is a new one and it is time; otherwise the next price may. */
    void say(Direction next, Price price, long ts, String reason) {
        if (next != direction && ts - saidAt >= every) {
            direction = next;
            saidAt = ts;
            context.save(SAID, next.name() + " " + ts);
            context.signal(next, 1, price, reason);
        }
    }
}
