/** What an account's history says about it: returns, risk and trades. Pure functions over exact amounts. */
@NullMarked
package papertape.common.statistics;

import org.jspecify.annotations.NullMarked;
