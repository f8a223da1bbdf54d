/**
 * Accounts and pre-trade checks: the gate between orders and execution. {@link papertape.risk.RiskStage} hands orders to
 * the order desk (checks, reservations), executions to the fill desk (cash, positions, reservations released), account
 * commands to the account desk, and marks to the market and the loss guard.
 */
@NullMarked
package papertape.risk;

import org.jspecify.annotations.NullMarked;
