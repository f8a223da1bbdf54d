/** Tests of the stage, on messages made by hand and on recordings. */
@NullMarked
package papertape.etl;

import org.jspecify.annotations.NullMarked;
