/** A strategy of one's own: a jar with this package goes into {@code strategies/}. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
