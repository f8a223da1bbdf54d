package papertape.common.strategy;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Direction;
import papertape.common.value.Instrument;
import papertape.common.value.Price;
import papertape.common.value.StrategyId;

/** What a strategy is given: its settings, its memory, its voice. */
public interface StrategyContext {
    StrategyId name();

    Instrument instrument();

    Parameters parameters();

    /** What was saved under this key, by this strategy for this instrument; null: nothing, or the parameters have changed. */
    @Nullable
    String saved(String key);

    /**
     * Remembers a short text over restarts, in the same commit as the signals that go with it. Keep the keys few and
     * change few of them per message.
     */
    void save(String key, String value);

    /**
     * Says what position is wanted. Nothing is sent when direction and strength are what was said last.
     *
     * @param strength 0 to 1, of what the strategy may take
     * @param price reference, such as the price of the trade that decided it
     * @param reason in words, for whoever asks later
     */
    void signal(Direction direction, double strength, Price price, String reason);

    /** As {@link #signal}, sent even when nothing but the price has changed: to move a resting order. */
    void repeat(Direction direction, double strength, Price price, String reason);
}
