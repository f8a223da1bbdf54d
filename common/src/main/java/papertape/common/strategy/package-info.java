/** What a strategy is written against; a jar with a {@code StrategyFactory} in {@code strategies/} joins in. */
@NullMarked
package papertape.common.strategy;

import org.jspecify.annotations.NullMarked;
