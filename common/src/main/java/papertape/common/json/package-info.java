/** JSON: the only package of {@code common} that knows Jackson. Records are read and written by their components' names. */
@NullMarked
package papertape.common.json;

import org.jspecify.annotations.NullMarked;
