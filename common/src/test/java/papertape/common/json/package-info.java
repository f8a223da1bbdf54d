@NullMarked
package papertape.common.json;

import org.jspecify.annotations.NullMarked;
