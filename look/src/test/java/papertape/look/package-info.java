/** Tests of looking at a running stack. */
@NullMarked
package papertape.look;

import org.jspecify.annotations.NullMarked;
