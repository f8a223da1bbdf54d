/** Tests of the venue adapters. */
@NullMarked
package papertape.etl.venue;

import org.jspecify.annotations.NullMarked;
