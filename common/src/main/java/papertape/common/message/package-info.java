/** The messages that cross process boundaries: a sealed hierarchy, one record each, one golden file each. */
@NullMarked
package papertape.common.message;

import org.jspecify.annotations.NullMarked;
