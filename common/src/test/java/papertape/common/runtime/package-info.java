@NullMarked
package papertape.common.runtime;

import org.jspecify.annotations.NullMarked;
