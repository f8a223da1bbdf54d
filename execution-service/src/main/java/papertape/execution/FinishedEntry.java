package papertape.execution;

import papertape.common.value.Instrument;
import papertape.common.value.OrdStatus;
import papertape.common.value.OrdType;
import papertape.common.value.Qty;
import papertape.common.value.Side;
import papertape.common.value.TimeInForce;

/** What is remembered of a final order, so that late cancels, duplicates and exits of a bracket meet the truth. */
record FinishedEntry(
        long endedSeq,
        long ts,
        OrdStatus status,
        Instrument instrument,
        Side side,
        OrdType ordType,
        TimeInForce tif,
        Qty qty,
        Qty cumQty) {}
