/** The simulated venue: turns approved orders and market data into executions by the rules of paper execution. */
@NullMarked
package papertape.execution;

import org.jspecify.annotations.NullMarked;
