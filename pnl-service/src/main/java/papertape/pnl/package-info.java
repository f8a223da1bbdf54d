/** Positions, profit and equity: fills, account events and marks in, {@code pnl} out. */
@NullMarked
package papertape.pnl;

import org.jspecify.annotations.NullMarked;
