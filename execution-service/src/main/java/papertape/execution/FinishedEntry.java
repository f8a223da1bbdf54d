package papertape.execution;

import papertape.common.message.OrderTerms;
import papertape.common.value.Instrument;
import papertape.common.value.OrdStatus;
import papertape.common.value.Qty;

/**
 * A final order as it is remembered, so that late cancels, duplicates and exits of a bracket are answered rightly.
 *
 * @param terms without prices and parent
 */
record FinishedEntry(long endedSeq, long ts, OrdStatus status, Instrument instrument, OrderTerms terms, Qty cumQty) {}
