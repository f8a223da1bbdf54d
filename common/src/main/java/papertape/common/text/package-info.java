/** Text from outside: whether it is text at all, and how it is shown. Depends on nothing. */
@NullMarked
package papertape.common.text;

import org.jspecify.annotations.NullMarked;
