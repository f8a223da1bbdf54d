package papertape.common.strategy;

import java.util.Set;

/**
 * A kind of strategy, found by {@link java.util.ServiceLoader}: a public class with a public constructor without
 * parameters, named in {@code META-INF/services/papertape.common.strategy.StrategyFactory}.
 */
public interface StrategyFactory {
    /** What the configuration calls it ({@code kind: moving-average-cross}); unique. */
    String kind();

    /** Names of the parameters it accepts; any other stops the start. */
    Set<String> parameters();

    /**
     * Whether the values make sense; called once at the start.
     *
     * @throws IllegalArgumentException naming the parameter, the value and what is accepted
     */
    default void check(Parameters parameters) {}

    /** One strategy for one instrument, new or continuing from what it saved. */
    Strategy create(StrategyContext context);
}
