/** Prices, quantities, money, ids and the enumerations: what the messages are made of. Depends on nothing. */
@NullMarked
package papertape.common.value;

import org.jspecify.annotations.NullMarked;
