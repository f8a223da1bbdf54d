@NullMarked
package papertape.common.text;

import org.jspecify.annotations.NullMarked;
