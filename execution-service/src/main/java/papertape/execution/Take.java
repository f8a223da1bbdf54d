package papertape.execution;

import org.jspecify.annotations.Nullable;
import papertape.common.value.Price;
import papertape.common.value.Qty;

/**
 * Liquidity that an order may take.
 *
 * @param level whose display it consumes; absent where it comes out of a print
 */
record Take(@Nullable LevelKey level, Price px, Qty qty) {}
