@NullMarked
package papertape.common.bus;

import org.jspecify.annotations.NullMarked;
