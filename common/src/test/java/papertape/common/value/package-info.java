@NullMarked
package papertape.common.value;

import org.jspecify.annotations.NullMarked;
