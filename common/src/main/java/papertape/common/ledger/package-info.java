/** What fills do to positions and money: exact, immutable, and shared by everything that keeps an account's books. */
@NullMarked
package papertape.common.ledger;

import org.jspecify.annotations.NullMarked;
