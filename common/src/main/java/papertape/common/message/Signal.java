package papertape.common.message;

import papertape.common.value.AccountId;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.StrategyId;

/**
 * What a strategy wants its position to be.
 *
 * @param strength 0 (nothing) to 1 (all the strategy may take)
 * @param price reference: what the strategy saw when it decided
 * @param reason the strategy's own words
 */
public record Signal(
        Header header,
        StrategyId strategy,
        AccountId account,
        Instrument instrument,
        Direction direction,
        double strength,
        Price price,
        String reason)
        implements Message {
    public Signal {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength must be from 0 to 1, was " + strength);
        }
    }
}
