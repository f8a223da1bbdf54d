/** Tests of what a stage is given. */
@NullMarked
package papertape.common.stage;

import org.jspecify.annotations.NullMarked;
