/** Signals to orders: what position a signal asks for, and the one order that leads there. */
@NullMarked
package papertape.order;

import org.jspecify.annotations.NullMarked;
