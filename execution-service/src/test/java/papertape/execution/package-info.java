/** Every rule of paper execution, by name. */
@NullMarked
package papertape.execution;

import org.jspecify.annotations.NullMarked;
