/** Every rule at its limit and one step over; restarts; seeded random runs. */
@NullMarked
package papertape.risk;

import org.jspecify.annotations.NullMarked;
