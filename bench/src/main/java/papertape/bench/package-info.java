/**
 * The benchmark: a private stack of real processes, measured beside what the bare server and codec could do.
 */
@NullMarked
package papertape.bench;

import org.jspecify.annotations.NullMarked;
