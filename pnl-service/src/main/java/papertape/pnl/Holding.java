package papertape.pnl;

import papertape.common.ledger.Position;

/** Saved state of a position: {@code unreported} while a change of its mark waits for the account's next report. */
record Holding(Position position, boolean unreported) {}
