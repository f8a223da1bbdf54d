/** What holds for every order, wherever it is checked. */
@NullMarked
package papertape.common.order;

import org.jspecify.annotations.NullMarked;
